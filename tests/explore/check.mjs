// What a reader of the live page relies on, in three browsers without a network.
//
//   node check.mjs FOLDER [PROGRAM]     FOLDER holds en.html and ko.html; PROGRAM is the native yangjae, started in the
//                                       project's root, which must give the page's numbers to the digit
//   BROWSERS=chromium,firefox,webkit    those to try (default: all three)
//   PICTURES=DIR                        leaves screenshots and the printed page there
//   PARTS=everywhere,exported           those checks alone
//   MOVES=N                             how many moves memory is measured after (default 1000)
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { BROWSERS, scratch, sleep } from './browsers.mjs';

const [folder, program] = process.argv.slice(2).map(path => resolve(path));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const root = resolve(import.meta.dirname, '../..'), work = scratch(), pictures = process.env.PICTURES;
let checks = 0, pairsCompared = 0;
const check = async (what, test) => {
  try { await test(); } catch (error) { console.error(`FAILED: ${what}`); throw error; }
  checks += 1;
  console.log(`ok ${what}`);
};
const address = (language, fragment = '') => `file://${join(folder, `${language}.html`)}${fragment && `#${fragment}`}`;
const quote = JSON.stringify;

// Expressions that the page evaluates.
const waitFor = (condition, ms = 120000) => `(async () => { const end = Date.now() + ${ms}; while (!(${condition})) { if (Date.now() > end) throw new Error('never: ' + ${quote(condition)} + ' / ' + document.getElementById('count').textContent); await new Promise(done => setTimeout(done, 10)); } return true; })()`;
const text = id => `document.getElementById(${quote(id)}).textContent`;
const shownOf = n => `/(^|\\D)${n}(\\D|$)/.test(${text('count')}) && !document.getElementById('count').classList.contains('mark')`;
const live = waitFor(`!document.getElementById('app').hidden && /\\d/.test(document.querySelector('.figure b')?.textContent ?? '') && ${shownOf('(32|128)')}`);
const figures = `[...document.querySelectorAll('.figure b')].map(e => e.textContent)`;
const state = `({ figures: ${figures}, changes: [...document.querySelectorAll('#changes li span')].map(e => e.textContent), hash: location.hash })`;
// The first slider of the first lever: moved as by hand, to a share of its range.
const slider = `document.querySelector('#levers input[type=range]')`;
const move = (share, event = 'change') => `(() => { const s = ${slider}; document.querySelector('#levers details').open = true; s.value = Number(s.min) + ${share} * (s.max - s.min); s.dispatchEvent(new Event('input', { bubbles: true })); ${event === 'change' ? `s.dispatchEvent(new Event('change', { bubbles: true }));` : ''} return s.value; })()`;
const rest = `(async () => { await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); return ${waitFor(`!document.body.classList.contains('stale')`)}; })()`;
const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

async function everywhere(name, browser) {
  const tab = await browser.open(address('en')), go = tab.evaluate;
  await check(`${name}: a first figure stands before any is computed, marked so, and then the computed ones`, async () => {
    await go(live);
    await go(waitFor('/computed here/.test(window.noted.counts.at(-1)?.[1])'));
    const notes = await go('window.noted.counts');
    if (name !== 'webkit') assert.match(notes[0][1], /beforehand/);
    assert.match(notes.at(-1)[1], /replications, computed here/);
    console.log(`   ms after the page opened: ${notes.map(([at, what]) => `${Math.round(at)} ${what}`).join(' | ')}`);
  });
  await check(`${name}: the policy against foreign content is strict`, async () => {
    const policy = await go(`document.querySelector('meta[http-equiv="Content-Security-Policy"]').content`);
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|https?:/);
  });
  const start = await go(state);
  await check(`${name}: a slider changes the figures, the list of changes and the address`, async () => {
    const times = [];
    for (const share of [0.1, 0.3, 0.6]) {
      times.push(await go(`(async () => { const from = performance.now(); ${move(share)}; await ${rest}; return Math.round(performance.now() - from); })()`));
      await sleep(300);
    }
    console.log(`   ms from slider to band with 8 histories: ${times.join(', ')}`);
    await go(waitFor(shownOf(32)));
    const now = await go(state);
    assert.notDeepEqual(now.figures, start.figures);
    assert.equal(now.changes.length, 1);
    assert.notEqual(now.hash, start.hash);
  });
  let changed;
  await check(`${name}: undo brings back figures at once, redo too`, async () => {
    changed = await go(state);
    await go(`document.getElementById('undo').click()`);
    await go(`document.getElementById('undo').click()`);
    await go(`document.getElementById('undo').click()`);
    await go(waitFor(`!document.querySelector('#changes li') && ${figures}.join() === ${quote(start.figures.join())}`));
    assert.equal(await go(`document.getElementById('undo').disabled`), true);
    await go(`[1, 2, 3].forEach(() => document.getElementById('redo').click())`);
    await go(waitFor(`${figures}.join() === ${quote(changed.figures.join())}`));
    assert.deepEqual((await go(state)).changes, changed.changes);
  });
  await check(`${name}: nothing was asked of a network and nothing complained about`, async () => {
    assert.deepEqual(tab.requests, []);
    assert.deepEqual(await go(`performance.getEntriesByType('resource').map(e => e.name).filter(n => !/^(blob|data):/.test(n))`), []);
    assert.deepEqual(await go('window.noted.errors'), []);
    assert.deepEqual(tab.complaints, []);
  });
  await tab.close();
  const again = await browser.open(address('en', changed.hash.slice(1)));
  await check(`${name}: the address opens the same state with the same figures`, async () => {
    await again.evaluate(live);
    await again.evaluate(waitFor(shownOf(32), 60000)).catch(() => {});
    const opened = await again.evaluate(state);
    assert.deepEqual(opened.changes, changed.changes);
    assert.equal(opened.hash, changed.hash);
    assert.ok(changed.hash.length <= 2048);
  });
  await again.close();
  const korean = await browser.open(address('ko'));
  await check(`${name}: Korean, and the switch to English and back`, async () => {
    await korean.evaluate(live);
    const lang = 'document.documentElement.lang';
    assert.equal(await korean.evaluate(lang), 'ko');
    assert.match(await korean.evaluate(text('sure')), /얼마나 확실한가/);
    await korean.evaluate(`document.querySelector('#language [lang=en]').click()`);
    await korean.evaluate(waitFor(`${lang} === 'en' && /How sure/.test(${text('sure')})`));
  });
  await korean.close();
}

async function refusals(browser) {
  for (const [what, fragment] of [['another version', 'v=9&c=p:full-plan'], ['an unknown policy', 'v=1&c=p:no-such'], ['markup', 'v=1&c=p:<img src=x onerror=alert(1)>'],
    ['a value that is none', 'v=1&c=p:full-plan;s:campus.opening:"]\nkind="x'], ['a prototype', 'v=1&c=p:__proto__'], ['half of an escape', 'v=1&c=%E0%A4%A'], ['too much', `v=1&c=p:full-plan;${'d:campus;'.repeat(400)}`], ['noise', '%00%ff&&=;;::']]) {
    const tab = await browser.open(address('en', fragment));
    await check(`chromium: an address with ${what} is refused with words, and the page starts`, async () => {
      await tab.evaluate(live);
      assert.match(await tab.evaluate(text('message')), /holds no state that can be opened/);
      assert.deepEqual(await tab.evaluate(`[...document.querySelectorAll('#changes li')].length`), 0);
      assert.deepEqual(tab.complaints, []);
    });
    await tab.close();
  }
  const tab = await browser.open(address('en')), go = tab.evaluate;
  await check('chromium: what cannot be is explained as `check` does, and undone', async () => {
    await go(live);
    await go(`(() => { document.querySelector('#levers details').open = true; const e = document.querySelector('#levers input[type=number]'); e.value = '-5'; e.dispatchEvent(new Event('change')); })()`);
    await go(waitFor(`!document.getElementById('problems').hidden`));
    assert.match(await go(text('problems')), /cannot be simulated[^]*-5[^]*--set/);
    // Pins come and go beside what is refused, of which nothing is drawn, also once nothing is computed any more.
    await sleep(3000);
    await go(`document.getElementById('pin').click()`);
    await go(waitFor(`document.querySelectorAll('#compare-table tbody tr').length === 2`, 5000));
    await go(`[...document.querySelectorAll('#compare-table .acts button')].at(-1).click()`);
    await go(waitFor(`document.getElementById('compare').hidden`, 5000));
    await go(`document.querySelector('#problems button').click()`);
    await go(`document.getElementById('undo').click()`);
    await go(`document.getElementById('undo').click()`);
    await go(waitFor(`document.getElementById('problems').hidden && !document.body.classList.contains('stale')`));
  });
  await tab.close();
  const whole = await browser.open(address('en'));
  await check('chromium: every metric can be chosen at every place that it has', async () => {
    const { evaluate: look } = whole;
    await look(live);
    const choose = (id, n) => look(`(() => { const s = document.getElementById(${quote(id)}); s.selectedIndex = ${n}; s.dispatchEvent(new Event('change')); return s.value; })()`);
    const count = await look(`document.getElementById('metric').options.length`);
    assert.ok(count >= 50, `${count}`);
    for (let n = 0; n < count; n += 1) {
      const metric = await choose('metric', n);
      await look(waitFor(`${shownOf('(8|32|128)')} && ${figures}.every(t => /[0-9–]/.test(t))`));
      const places = await look(`(() => { const s = document.getElementById('place'); return s.closest('[hidden]') ? 0 : s.options.length; })()`);
      if (places > 1) await choose('place', places - 1);
      await look(rest);
      assert.ok(await look(`document.querySelectorAll('#bands svg').length > 0`), metric);
    }
    assert.deepEqual(whole.complaints, []);
  });
  await check('chromium: lists, and settings that are not set, are written as in a file, and what is none is explained', async () => {
    const { evaluate: look } = whole;
    const fill = (name, value) => look(`(async () => { const e = document.querySelector('[data-of="${name}"] input.wide'); e.value = ${quote(value)}; e.dispatchEvent(new Event('change')); await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); return document.getElementById('changes').textContent; })()`);
    assert.match(await fill('campus.recruitment_days', '[50, 200]'), /\[50, 200\]/);
    await look(rest);
    await look(waitFor(shownOf('(32|128)')));
    await fill('campus.recruitment_days', '[500]');
    await look(waitFor(`!document.getElementById('problems').hidden`));
    assert.match(await look(text('problems')), /365/);
    await look(`document.querySelector('#problems button').click()`);
    await look(waitFor(`document.getElementById('problems').hidden`));
    await fill('campus.recruitment_days', '');
    assert.equal(await look(`document.querySelectorAll('#changes li').length`), 0);
    assert.deepEqual(whole.complaints, []);
  });
  await whole.close();
}

// The rows of a CSV file as objects.
function table(csv) {
  const rows = [];
  let row = [], cell = '', quoted = false;
  for (let at = 0; at < csv.length; at += 1) {
    const c = csv[at];
    if (quoted && c === '"' && csv[at + 1] === '"') { cell += c; at += 1; } else if (c === '"') quoted = !quoted;
    else if (quoted || (c !== ',' && c !== '\n')) cell += c;
    else { row.push(cell); cell = ''; if (c === '\n') { rows.push(row); row = []; } }
  }
  const [head, ...body] = rows;
  return body.map(r => Object.fromEntries(head.map((h, i) => [h, r[i]])));
}
const words = command => [...command.matchAll(/'([^']*)'|(\S+)/g)].map(m => m[1] ?? m[2]);

// Runs the command that the page tells, or the policy file that it saved, and compares what that writes with what the page
// saved.
function compare(command, csv, file, future, asFile) {
  const [, ...asked] = words(command), output = join(work, `run${checks}`), saves = join(work, file.name), results = join(output, future);
  if (asFile) {
    const copy = join(work, `scenario${checks}`), replications = asked[asked.indexOf('--replications') + 1];
    cpSync(join(root, asked[1]), copy, { recursive: true });
    writeFileSync(join(copy, 'policies', file.name), file.bytes);
    execFileSync(program, ['run', copy, '--policy', file.name.replace(/\.toml$/, ''), '--replications', replications, ...asked.filter((word, n) => word === '--outcome' || asked[n - 1] === '--outcome'), '--quiet', '--no-progress', '--output', output], { cwd: root });
  } else {
    execFileSync(program, [...asked, '--quiet', '--no-progress', '--output', output, '--save', saves], { cwd: root });
    assert.equal(readFileSync(saves, 'utf8'), file.bytes.toString());
  }
  const made = file.name.replace(/\.toml$/, ''), rows = table(csv).filter(r => r.variant === 'now');
  const comparison = new Map(table(readFileSync(join(results, 'comparison.csv'), 'utf8')).filter(r => r.policy === made).map(r => [`${r.metric} ${r.place} ${r.year}`, r]));
  const outcomes = table(readFileSync(join(results, 'outcomes.csv'), 'utf8')).filter(r => r.policy === made);
  let compared = 0;
  for (const row of rows.filter(r => r.place)) {
    const own = comparison.get(`${row.figure} ${row.place} ${row.year}`);
    assert.deepEqual([row.mean, row.p05, row.p95, row.replications].map(Number), [own.difference, own.p05, own.p95, own.replications].map(Number), `${row.figure} ${row.place} ${row.year}`);
    // Half the 95 % interval, but for the last digits of Student's t.
    const half = own.ci_high === '' ? 0 : (Number(own.ci_high) - Number(own.ci_low)) / 2;
    assert.ok(Math.abs(Number(row.ci_half) - half) <= 1e-6 * half, `${row.figure} ${row.place} ${row.year}: ${row.ci_half} and ${half}`);
    compared += 1;
  }
  const pairs = table(readFileSync(join(results, 'pairs.csv'), 'utf8')).filter(r => r.policy === made);
  for (const row of table(csv).filter(r => r.variant === 'change')) {
    const own = pairs.find(r => r.other === row.policy && r.metric === row.figure && r.place === row.place && r.year === row.year);
    // Assumptions and a future hold for the policy as shipped too in a run.
    if (!own || /--set [a-z_]+=|--future/.test(row.changes)) continue;
    assert.deepEqual([row.mean, row.p05, row.p95, row.replications].map(Number), [own.difference, own.p05, own.p95, own.replications].map(Number), `change of ${row.figure} ${row.place}`);
    const half = (Number(own.ci_high) - Number(own.ci_low)) / 2;
    assert.ok(Math.abs(Number(row.ci_half) - half) <= 1e-6 * half, `change of ${row.figure} ${row.place}: ${row.ci_half} and ${half}`);
    pairsCompared += 1;
  }
  for (const row of rows.filter(r => !r.place && !r.year)) {
    const values = outcomes.filter(r => r.outcome === row.figure).map(r => Number(r.value));
    assert.equal(values.length, Number(row.replications));
    assert.ok(Math.abs(values.reduce((a, b) => a + b) / values.length - Number(row.mean)) <= 1e-9 * Math.abs(Number(row.mean)), row.figure);
    compared += 1;
  }
  assert.ok(compared >= (rows.some(r => r.place === 'city') ? 51 : 25), `${compared}`);
}
async function exported(browser) {
  await exportedFrom(browser, '', '', true);
  // More changes than a name holds, lists and schedules among them, and a metric that is none of the main ones.
  const raw = text => `!${encodeURIComponent(text).replace(/%/g, '~')}`;
  await exportedFrom(browser, `v=1&c=p:full-plan;d:homes;s:campus.opening:2029-01-01;s:campus.rent_ratio:0.35;s:campus.sectors:${raw('["software", "ict"]')};s:campus.places:2029-01-01*200+2031-01-01*450;s:support-center.recruitment_days:${raw('[50, 200]')};s:support-center.places:${raw('[{ from = 2023-05-01, value = 60 }]')}&m=applications&g=campus`, '');
  await exportedFrom(browser, 'v=1&c=p:full-plan;d:homes;s:campus.opening:2029-01-01&m=firms', '');
  await exportedFrom(browser, 'v=1&c=p:full-plan;f:boom;d:homes;a:wage-subsidy@wage-subsidy;s:campus.opening:2029-01-01;s:wage-subsidy.share:0.25;q:growth_young:0.5&m=firms', 'futures/boom');
}
// What a newcomer types, and what the page says of it.
async function typed(browser) {
  const tab = await browser.open(address('en')), { page } = tab, go = tab.evaluate;
  await go(live);
  await go(`document.querySelectorAll('#levers details').forEach(d => { d.open = true; })`);
  const of = (address, field) => `document.querySelector('[data-of="${address}"] ${field}')`, remark = (address, field) => go(`[...document.querySelectorAll('[data-of="${address}"]')].map(e => e.querySelector('.remark').textContent).join('')`);
  const type = async (address, field, text) => {
    await go(`(() => { const e = ${of(address, field)}; e.focus(); e.select?.(); })()`);
    await page.keyboard.press('Backspace');
    if (text) await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await sleep(50);
  };
  const set = (address, field, value) => go(`(() => { const e = ${of(address, field)}; e.value = ${quote(value)}; e.dispatchEvent(new Event('change')); })()`);
  await check('chromium: a refused text stays, with the reason beside it and once, and what is shown is marked as old', async () => {
    await type('campus.places', '.wide', 'nonsense');
    await go(waitFor(`!document.getElementById('problems').hidden`));
    assert.equal(await go(`${of('campus.places', '.wide')}.value`), 'nonsense');
    assert.match(await remark('campus.places'), /nonsense.*whole number/);
    const said = await go(text('problems'));
    assert.equal(said.match(/expected a whole number/gi).length, 1, said);
    assert.doesNotMatch(said, /\[firms\]/);
    await sleep(400);
    assert.ok(await go(`Number(getComputedStyle(document.getElementById('sure')).opacity) < 1`));
    await go(`document.querySelector('#problems button').click()`);
    await go(rest);
    assert.equal(await remark('campus.places'), '');
    assert.equal(await go(`Number(getComputedStyle(document.getElementById('sure')).opacity)`).then(Math.round), 1);
  });
  await check('chromium: an emptied number or day is said to hold as before', async () => {
    for (const [address, field, held] of [['campus.rent_ratio', 'input[type=number]', '0.5'], ['campus.opening', 'input[type=date]', '2027-07-01']]) {
      if (field.includes('date')) await set(address, field, ''); else await type(address, field, '');
      assert.equal(await go(`${of(address, field)}.value`), held);
      assert.match(await remark(address), new RegExp(`${held}.* still holds`));
    }
    await type('campus.rent_ratio', 'input[type=number]', '0.4');
    assert.equal(await remark('campus.rent_ratio'), '');
    await go(`document.getElementById('undo').click()`);
  });
  await check('chromium: an opening after the last year is warned of, as `check` does, and the leap day is told', async () => {
    await set('campus.opening', 'input[type=date]', '2099-01-01');
    await go(waitFor(`!document.getElementById('warnings').hidden`));
    assert.match(await go(text('warnings')), /campus[^]*2099-01-01, after the last year/);
    await set('campus.opening', 'input[type=date]', '2028-02-29');
    assert.match(await remark('campus.opening'), /29 February counts as 2028-02-28/);
    await go(waitFor(`document.getElementById('warnings').hidden`));
    assert.match(await go(`document.querySelector('#changes li span').textContent`), /2028-02-28/);
  });
  await check('chromium: what changes move is told with an interval of its own', async () => {
    await go(waitFor(`/Your changes move this difference[^]*95% interval: [+-]/.test(${text('origin-difference')})`));
    assert.match(await go(text('jobs-bridge')), /The district's [+-][\d,]+ is another sum/);
  });
  await check('chromium: a replication that is not there is told, and the link to the table lies within the dialog', async () => {
    await go(`document.getElementById('see').click()`);
    await go(waitFor(`document.querySelectorAll('#replay-table tbody tr').length > 3`));
    await go(`document.getElementById('play').click()`);
    await go(`(() => { const e = document.getElementById('replication'); e.value = '500'; e.dispatchEvent(new Event('change')); })()`);
    assert.match(await go(text('replication-note')), /0 to 127: shown is 127/);
    await go(waitFor(`/^Click a dot/.test(${text('life')})`));
    const edge = await go(`(() => { const inner = document.querySelector('#replay summary').getBoundingClientRect(), outer = document.getElementById('replay').getBoundingClientRect(); return outer.bottom - inner.bottom; })()`);
    assert.ok(edge >= 0, `${edge}`);
    await page.keyboard.press('Escape');
  });
  await check('chromium: paper says of which scenario, program and state it is', async () => {
    const said = await go(text('printed'));
    assert.match(said, /^yangjae · yangjae \d+\.\d+\.\d+ · #v=1&c=p:full-plan;s:campus.opening:2028-02-28/);
    await page.emulateMediaType('print');
    assert.ok(await go(`document.getElementById('printed').getClientRects().length`));
    await page.emulateMediaType('screen');
    assert.ok(!await go(`document.getElementById('printed').getClientRects().length`));
  });
  assert.deepEqual(tab.complaints, []);
  await tab.close();
  const korean = await browser.open(address('ko'));
  await check('chromium: in Korean no two parts of a policy have one name', async () => {
    await korean.evaluate(live);
    const names = await korean.evaluate(`[...document.querySelectorAll('#levers .package')].flatMap(p => [[...p.querySelectorAll('.lever > summary .name')].map(e => e.textContent)])`);
    for (const list of names) assert.equal(new Set(list).size, list.length, list.join());
  });
  await korean.close();
  const phone = await browser.open(address('en'), { width: 390, height: 844 });
  await check('chromium: on a phone the figures stay in sight while a control is used', async () => {
    await phone.evaluate(live);
    await phone.evaluate(`document.querySelector('#parameters input').scrollIntoView({ block: 'center' })`);
    await sleep(200);
    const { top, bottom } = await phone.evaluate(`(({ top, bottom }) => ({ top, bottom }))(document.getElementById('figures').getBoundingClientRect())`);
    assert.ok(top >= 0 && bottom <= 200, `${top} to ${bottom}`);
  });
  await phone.close();
}
async function exportedFrom(browser, fragment, future, asFile = false) {
  const tab = await browser.open(address('en', fragment)), { page } = tab, go = tab.evaluate, folder = join(work, `saved${checks}`);
  mkdirSync(folder);
  const client = await page.createCDPSession();
  await client.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder, eventsEnabled: true });
  const saved = async (id, ending) => {
    const before = new Set(readdirSync(folder));
    await go(`document.getElementById(${quote(id)}).click()`);
    for (let n = 0; n < 100; n += 1) {
      const name = readdirSync(folder).find(file => !before.has(file) && file.endsWith(ending));
      if (name) { await sleep(150); return { name, bytes: readFileSync(join(folder, name)) }; }
      await sleep(50);
    }
    throw new Error(`${id} saves nothing`);
  };
  await go(live);
  if (!fragment) await go(move(0.15));
  await sleep(100);
  await go(waitFor(shownOf(fragment ? 128 : 32)));
  await go(waitFor(`new RegExp('of ' + ${text('count')}.split(' ')[0] + ' pairs').test(${text('origin-difference')})`));
  await go(`document.getElementById('take').click()`);
  let csv, file, command;
  await check('chromium: pictures, figures and the policy are saved', async () => {
    assert.match((await saved('save-svg', '.svg')).bytes.toString(), /^<svg[^]*<path[^]*<\/svg>$/);
    assert.equal((await saved('save-png', '.png')).bytes.toString('latin1', 1, 4), 'PNG');
    csv = (await saved('save-csv', '.csv')).bytes.toString();
    file = await saved('policy-file', '.toml');
    command = await go(`document.getElementById('command').value`);
    assert.match(csv, /^variant,policy,/);
    assert.match(file.bytes.toString(), /extends = /);
  });
  if (program) await check('chromium: the command gives the numbers of the page to the digit, and makes the same policy file', async () => compare(command, csv, file, future, asFile));
  assert.deepEqual(tab.complaints, []);
  await tab.close();
}

async function reached(browser) {
  for (const [language, width, scheme] of [['en', 1280, 'light'], ['ko', 1280, 'dark'], ['en', 390, 'dark'], ['ko', 390, 'light']]) {
    const tab = await browser.open(address(language), { width, height: 844, features: [{ name: 'prefers-color-scheme', value: scheme }] }), go = tab.evaluate;
    await check(`chromium: ${language}, ${width} px, ${scheme}: no serious violation of accessibility, no sideways scroll`, async () => {
      await go(live);
      await go(`document.getElementById('pin').click()`);
      await go(`document.querySelectorAll('details').forEach(d => { d.open = true; })`);
      await sleep(300);
      await go(axe);
      const run = `axe.run(document, { resultTypes: ['violations'] }).then(f => f.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 300) + n.failureSummary.slice(0, 300))]))`;
      assert.deepEqual(await go(run), []);
      assert.ok(await go(sideways) <= 0);
      assert.ok(await go(`(() => { const e = document.querySelector('#compare .scroll'); return e.scrollWidth - e.clientWidth; })()`) <= 0, 'the comparison is cut off');
      await go(`document.getElementById('take').click()`);
      assert.deepEqual(await go(run), []);
      await go(`document.querySelector('#share [data-close]').click()`);
      await go(`document.getElementById('see').click()`);
      await go(waitFor(`document.querySelectorAll('#replay-table tbody tr').length > 3`));
      await go(`document.getElementById('play').click()`);
      assert.deepEqual(await go(run), []);
      assert.ok(await go(sideways) <= 0);
    });
    await tab.close();
  }
}

async function byKeyboard(browser) {
  const tab = await browser.open(address('en')), { page } = tab, go = tab.evaluate;
  await go(live);
  await check('chromium: every control is reached with the tab key, in the order of the page', async () => {
    const wanted = await go(`[...document.querySelectorAll('#app button, #app select, #app input, #app summary, #app .plot')].filter(e => e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && e.getClientRects().length && !e.disabled && !e.closest('dialog') && !(e.closest('details:not([open])') && !e.matches('details:not([open]) > summary'))).length`);
    const seen = new Set();
    for (let n = 0; n < wanted + 20; n += 1) {
      await page.keyboard.press('Tab');
      const id = await go(`(() => { const e = document.activeElement; if (!e || e === document.body) return ''; window.marked ??= new Map(); if (!marked.has(e)) marked.set(e, marked.size); return String(marked.get(e)); })()`);
      if (id) seen.add(id);
    }
    assert.ok(seen.size >= wanted, `${seen.size} of ${wanted}`);
  });
  await check('chromium: arrow keys say the figures of years, and move sliders; Ctrl-Z and Ctrl-Shift-Z', async () => {
    await page.focus('.plot');
    await page.keyboard.press('ArrowLeft');
    assert.match(await go(text('tip')), /20\d\d[^]*\d/);
    await go(`document.querySelector('#levers details').open = true`);
    await go(`${slider}.focus()`);
    await page.keyboard.press('ArrowRight');
    await go(rest);
    assert.equal(await go(`document.querySelectorAll('#changes li').length`), 1);
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    await sleep(100);
    assert.equal(await go(`document.querySelectorAll('#changes li').length`), 0);
    await page.keyboard.down('Control');
    await page.keyboard.down('Shift');
    await page.keyboard.press('Z');
    await page.keyboard.up('Shift');
    await page.keyboard.up('Control');
    await sleep(100);
    assert.equal(await go(`document.querySelectorAll('#changes li').length`), 1);
  });
  await check('chromium: a replay tells a life in words by the keyboard, and every year in a table', async () => {
    await go(`document.getElementById('see').click()`);
    await go(waitFor(`document.querySelectorAll('#replay-table tbody tr').length > 3`));
    await go(`document.getElementById('play').click()`);
    await go(`(() => { const y = document.getElementById('replay-year'); y.value = y.max; y.dispatchEvent(new Event('input')); })()`);
    await page.focus('#replay canvas');
    await page.keyboard.press('ArrowDown');
    assert.match(await go(text('life')), /founded \d{4}[^]*Baseline:[^]*Policy:/);
    await page.keyboard.press('Escape');
    assert.equal(await go(`document.getElementById('replay').open`), false);
  });
  assert.deepEqual(tab.complaints, []);
  await tab.close();
}

async function withoutEngine(browser) {
  const tab = await browser.open(address('en'), { before: 'delete window.WebAssembly;' }), go = tab.evaluate;
  await check('chromium: without WebAssembly the page says so, and shows what is precomputed', async () => {
    await go(waitFor(`!document.getElementById('unable').hidden`));
    assert.match(await go(text('unable')), /cannot run the simulator/);
    const before = await go(figures);
    await go(`(() => { const s = document.getElementById('policy'); s.selectedIndex = (s.selectedIndex + 1) % (s.options.length - 1); s.dispatchEvent(new Event('change')); })()`);
    await sleep(100);
    assert.notDeepEqual(await go(figures), before);
    assert.ok(await go(`[...document.querySelectorAll('#levers input, #parameters input')].every(e => e.disabled)`));
    assert.deepEqual(tab.complaints, []);
  });
  await tab.close();
}

async function refusesAll(browser) {
  // The workers are given a scenario that no engine takes.
  const before = `{ const Whole = Worker; window.Worker = class extends Whole { postMessage(message, ...rest) { super.postMessage(message.start ? { ...message, files: { ...message.files, 'scenario.toml': 'first_year = "?"' } } : message, ...rest); } }; }`;
  const tab = await browser.open(address('en'), { before }), go = tab.evaluate;
  await check('chromium: an engine that refuses the scenario is told of, and what is precomputed stays', async () => {
    await go(waitFor(`!document.getElementById('unable').hidden`));
    assert.match(await go(text('unable')), /refuses the scenario[^]*first_year/);
    assert.match(await go(`${figures}.join()`), /\d/);
    assert.doesNotMatch(await go(text('sure')), /computing/);
    assert.deepEqual(tab.complaints, []);
  });
  await tab.close();
}

async function givesUp(browser) {
  // The sixth message of any worker is taken for that of an engine that gave up.
  const before = `{ const Whole = Worker; let heard = 0; window.started = 0; window.Worker = class extends Whole {
    constructor(...all) { super(...all); window.started += 1; }
    set onmessage(listen) { super.onmessage = e => { heard += 1; listen(heard === 6 ? { data: { dead: 'tried' } } : e); }; } }; }`;
  const tab = await browser.open(address('en'), { before }), go = tab.evaluate;
  await check('chromium: a worker whose engine gave up is replaced, and the figures are the same', async () => {
    await go(live);
    await go(waitFor(shownOf(32)));
    const cores = await go('Math.min(4, navigator.hardwareConcurrency)');
    assert.equal(await go('window.started'), cores + 1);
    await go(waitFor(shownOf(128)));
    const mended = await go(figures), whole = await browser.open(address('en'));
    await whole.evaluate(live);
    await whole.evaluate(waitFor(shownOf(128)));
    assert.deepEqual(mended, await whole.evaluate(figures));
    await whole.close();
    assert.deepEqual(tab.complaints, []);
  });
  await tab.close();
}

// Anything in any order: whoever plays with it gets no error and ends with the figures of what is set.
async function played(browser) {
  const tab = await browser.open(address('en')), go = tab.evaluate;
  await check('chromium: three hundred acts in any order leave no error, and the last state is computed', async () => {
    await go(live);
    await go(`(async () => {
      let seed = 20211221;
      const random = n => (seed = (seed * 1103515245 + 12345) % 2147483648, Math.floor(seed / 65536) % n), any = list => list[random(list.length)];
      const set = (e, value) => { e.value = value; e.dispatchEvent(new Event('input', { bubbles: true })); e.dispatchEvent(new Event('change', { bubbles: true })); };
      const acts = [
        () => { const s = any([...document.querySelectorAll('aside input[type=range]:enabled')]); set(s, Number(s.min) + random(100) / 100 * (s.max - s.min)); },
        () => { const s = any([...document.querySelectorAll('aside input[type=range]:enabled')]); for (let n = 0; n < 9; n += 1) { s.value = Number(s.min) + n / 10 * (s.max - s.min); s.dispatchEvent(new Event('input')); } s.dispatchEvent(new Event('change')); },
        () => any([...document.querySelectorAll('aside input[role=switch]:enabled')]).click(),
        () => { const s = any([document.getElementById('policy'), document.getElementById('future'), document.getElementById('metric'), document.getElementById('place'), document.getElementById('adding')]); if (s.options.length > 1) { s.selectedIndex = random(s.options.length); s.dispatchEvent(new Event('change')); } },
        () => document.getElementById('undo').click(), () => document.getElementById('undo').click(), () => document.getElementById('redo').click(),
        () => document.getElementById('pin').click(), () => document.querySelector('td.acts button:last-child')?.click(), () => document.querySelector('td.acts button')?.click(),
        () => any([...document.querySelectorAll('#language button')]).click(), () => document.querySelector('#changes button')?.click(),
        () => document.getElementById('take').click(), () => document.querySelector('dialog[open] [data-close]')?.click(),
      ];
      for (let n = 0; n < 300; n += 1) { any(acts)(); await new Promise(done => setTimeout(done, random(60))); }
      document.querySelector('dialog[open] [data-close]')?.click();
      document.getElementById('reset-all').click();
    })()`);
    await go(rest);
    assert.deepEqual(await go('window.noted.errors'), []);
    assert.deepEqual(tab.complaints, []);
  });
  await tab.close();
}

async function longUse(browser) {
  const moves = Number(process.env.MOVES ?? 1000), system = await browser.driver.target().createCDPSession();
  // What the processes of pages hold of their own, engines and buffers too.
  const held = async page => {
    const client = await page.createCDPSession();
    await client.send('HeapProfiler.collectGarbage');
    await sleep(500);
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    const own = processInfo.filter(p => p.type === 'renderer').map(p => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${p.id}/status`, 'utf8'))?.[1] ?? 0));
    return Math.max(...own) / 1024;
  };
  const nothing = await browser.open('about:blank'), empty = await held(nothing.page);
  await nothing.close();
  const tab = await browser.open(address('en')), { page } = tab, go = tab.evaluate;
  await go(live);
  const before = await held(page);
  const slowest = await go(`(async () => {
    let slowest = 0, last = performance.now(), watching = true;
    const watch = () => { const now = performance.now(); slowest = Math.max(slowest, now - last); last = now; if (watching) requestAnimationFrame(watch); };
    watch();
    for (let n = 0; n < ${moves}; n += 1) { ${move(`((n * 37) % 400) / 400`)}; await new Promise(done => setTimeout(done, n % 20 ? 15 : 300)); }
    watching = false;
    return Math.round(slowest);
  })()`);
  await go(rest);
  const after = await held(page);
  await check(`chromium: after ${moves} moves the page holds at most 100 MB more than an empty one`, async () => {
    console.log(`   process of an empty page: ${empty.toFixed(0)} MB; of the page: ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after; longest time without a frame: ${slowest} ms`);
    assert.ok(after - empty <= 100, `${after - empty}`);
    assert.deepEqual(tab.complaints, []);
  });
  await tab.close();
}

// How much longer a history takes here than in the native program on one thread.
async function speed(browser) {
  const tab = await browser.open(address('en')), go = tab.evaluate;
  await go(live);
  await go(waitFor(shownOf(128)));
  const result = await go(`(async () => { const from = performance.now(); ${move(0.22)}; await ${rest}; const eight = performance.now() - from; await ${waitFor(shownOf(32))}; return [eight, performance.now() - from, navigator.hardwareConcurrency]; })()`);
  let native = '';
  if (program) {
    const time = n => { const from = performance.now(); execFileSync(program, ['run', 'scenarios/yangjae', '--policy', 'full-plan', '--replications', String(n), '--threads', '1', '--only', 'outcomes', '--quiet', '--no-progress', '--output', join(work, `t${n}`)], { cwd: root }); return performance.now() - from; };
    const each = (time(100) - time(60)) / 40;
    native = `; native ${each.toFixed(1)} ms a history on one thread, so 32 take ${(result[1] / (32 * each)).toFixed(2)} times as long here on ${result[2]} cores`;
  }
  console.log(`speed: band with 8 histories after ${Math.round(result[0])} ms, with 32 after ${Math.round(result[1])} ms${native}`);
  await tab.close();
}

async function looked(browser) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  for (const language of ['en', 'ko']) {
    for (const [width, height] of [[390, 844], [1280, 800], [1920, 1080]]) {
      const { page, evaluate: go, close } = await browser.open(address(language), { width, height });
      await go(live);
      await go(move(0.2));
      await go(`document.getElementById('pin').click()`);
      await sleep(200);
      await go(waitFor(shownOf(32)));
      await page.screenshot({ path: join(pictures, `${language}-${width}.png`), fullPage: width === 390 });
      if (width === 1280) await page.pdf({ path: join(pictures, `${language}-print.pdf`), preferCSSPageSize: true, printBackground: true });
      await close();
    }
  }
}

const parts = process.env.PARTS?.split(',');
const names = (process.env.BROWSERS ?? 'chromium,firefox,webkit').split(',');
for (const name of names) {
  const browser = await BROWSERS[name]();
  try {
    if (!parts || parts.includes('everywhere')) await everywhere(name, browser);
    if (name === 'chromium') for (const part of [refusals, typed, exported, reached, byKeyboard, withoutEngine, refusesAll, givesUp, played, longUse, speed, looked]) if (!parts || parts.includes(part.name)) await part(browser);
  } finally { await browser.close(); }
}
if (program) assert.ok(existsSync(program));
if (program && names.includes('chromium') && (!parts || parts.includes('exported'))) assert.ok(pairsCompared > 0, 'no paired difference was compared with a run');
console.log(`${checks} checks passed`);
