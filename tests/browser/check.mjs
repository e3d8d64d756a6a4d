// What a reader of report.html relies on, checked in a browser that has no network.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [folder, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const profile = mkdtempSync(join(tmpdir(), 'yangjae-browser-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: '/usr/bin/chromium',
  headless: true,
  offline: true,
  acceptDownloads: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
let checks = 0;
const check = async (what, test) => {
  try { await test(); } catch (error) { console.error(`FAILED: ${what}`); throw error; }
  checks += 1;
  console.log(`ok ${what}`);
};

/// Opens a report and keeps what it complains about and asks for.
async function open(name, width = 1280, options = {}) {
  const page = await browser.newPage();
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: 'light', ...options });
  page.complaints = [];
  page.requests = [];
  page.on('console', m => { if (['error', 'warning'].includes(m.type())) page.complaints.push(m.text()); });
  page.on('pageerror', e => page.complaints.push(e.message));
  page.on('request', r => { if (!/^(file|data|blob):/.test(r.url())) page.requests.push(r.url()); });
  await page.goto(`file://${join(folder, name, 'report.html')}`);
  await page.waitForSelector('#bar:not([hidden])');
  return page;
}
const CHARTS = ['forest', 'fan', 'difference', 'additionality', 'cost', 'map', 'timeline'];
const drawn = page => page.evaluate(names => names.filter(name => {
  const pieces = [...document.querySelectorAll(`[data-chart="${name}"] .piece`)].filter(p => p.getClientRects().length);
  const marks = pieces.reduce((sum, p) => sum + p.querySelectorAll('path,rect,circle').length, 0);
  return marks > 2 && document.querySelector(`[data-chart="${name}"]`).getBoundingClientRect().height > 60;
}), CHARTS);
// The policies of the pieces that are seen, by their names.
const shown = (page, pieces) => page.$$eval(pieces, list => list.filter(p => p.getClientRects().length)
  .map(p => document.querySelector(`#headline-table tr[data-row="${p.dataset.policy}"]`).dataset.policy));
const panels = page => shown(page, '[data-chart="fan"] .panel');
const lines = page => shown(page, '[data-chart="difference"] .entry');
const sideways = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

function table(name, file) {
  const rows = [];
  let row = [], cell = '', quoted = false;
  const text = readFileSync(join(folder, name, file), 'utf8');
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at];
    if (quoted && c === '"' && text[at + 1] === '"') { cell += c; at += 1; }
    else if (c === '"') quoted = !quoted;
    else if (quoted || (c !== ',' && c !== '\n')) cell += c;
    else { row.push(cell); cell = ''; if (c === '\n') { rows.push(row); row = []; } }
  }
  const [head, ...body] = rows;
  return body.map(r => Object.fromEntries(head.map((h, i) => [h, r[i]])));
}

for (const name of ['en', 'ko']) {
  const page = await open(name);
  await check(`${name}: every chart is drawn`, async () => assert.deepEqual(await drawn(page), CHARTS));
  await check(`${name}: the page speaks the language`, async () => {
    assert.equal(await page.getAttribute('html', 'lang'), name);
    assert.match(await page.textContent('#answer'), name === 'ko' ? /기준 정책보다 일자리가 많은 정책/ : /More jobs than the baseline/);
  });
  await check(`${name}: nothing is asked of a network, and nothing complained about`, async () => {
    assert.deepEqual(page.requests, []);
    assert.deepEqual(page.complaints, []);
    const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content');
    assert.match(policy, /default-src 'none'/);
  });
  await check(`${name}: no serious violation of accessibility`, async () => {
    await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    const bad = found.violations.filter(v => ['serious', 'critical'].includes(v.impact));
    assert.deepEqual(bad.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html)]), []);
  });
  await page.close();
}

{
  const page = await open('en');
  await check('switching a policy off changes the charts, and on again restores them', async () => {
    const before = [await panels(page), await lines(page)];
    // Which policies are shown at first depends on the run: one of them, whichever it is.
    const one = before[0].find(name => name !== 'baseline');
    assert.ok(one && before[1].includes(one));
    const markup = await page.innerHTML('[data-chart="additionality"]');
    await page.click('#controls > summary');
    const place = await page.getAttribute(`#headline-table tr[data-policy="${one}"]`, 'data-row');
    const box = page.locator(`.chip input[data-policy="${place}"]`);
    await box.uncheck();
    assert.ok(!(await panels(page)).includes(one) && !(await lines(page)).includes(one));
    assert.notEqual(await page.innerHTML('[data-chart="additionality"]'), markup);
    await box.check();
    assert.deepEqual([await panels(page), await lines(page)], before);
    await page.click('[data-show="all"]');
    assert.equal((await panels(page)).length, 23);
    await page.click('[data-show="none"]');
    assert.equal((await panels(page)).length, 0);
    await page.click('[data-show="headline"]');
    assert.deepEqual(await panels(page), before[0]);
  });
  await check('another metric, another focus and another year redraw their charts', async () => {
    for (const [chart, act] of [
      ['fan', () => page.selectOption('[data-series="fan"]', { index: 1 })],
      ['difference', () => page.selectOption('[data-series="difference"]', { index: 1 })],
      ['timeline', () => page.selectOption('#focus', { label: 'Campus alone' })],
      ['map', () => page.fill('#year', '2022')],
    ]) {
      const before = await page.innerHTML(`[data-chart="${chart}"]`);
      await act();
      assert.notEqual(await page.innerHTML(`[data-chart="${chart}"]`), before, chart);
    }
  });
  await check('the scale is that of what is shown at first, until more is shown', async () => {
    const axis = () => page.$$eval('[data-chart="cost"] .wide > .tick', list => list.map(t => t.textContent).join(' '));
    await page.click('[data-show="headline"]');
    const before = await axis();
    await page.click('[data-show="all"]');
    assert.notEqual(await axis(), before);
    await page.click('[data-show="headline"]');
    assert.equal(await axis(), before);
  });
  await check('an entry of the key lights its line, by the pointer and the arrow keys', async () => {
    const lit = () => page.$$eval('[data-chart="difference"] .entry.lit', list => list.length);
    assert.equal(await lit(), 0);
    await page.locator('[data-chart="difference"] .entry:not(.off)').first().hover();
    assert.equal(await lit(), 1);
    await page.mouse.move(0, 0);
    assert.equal(await lit(), 0);
    await page.focus('[data-chart="difference"]');
    await page.keyboard.press('ArrowDown');
    assert.equal(await lit(), 1);
    await page.keyboard.press('Escape');
    assert.equal(await lit(), 0);
  });
  await check('marks say their figures', async () => {
    for (const chart of ['forest', 'additionality', 'cost', 'map', 'timeline']) {
      await page.focus(`[data-chart="${chart}"]`);
      await page.keyboard.press('ArrowRight');
      assert.match(await page.textContent('#tip'), /\d/, chart);
    }
  });
  await check('observed history stands in the fan chart of what was observed', async () => {
    const options = await page.$$eval('[data-series="fan"] option', list => list.map(o => o.textContent));
    await page.selectOption('[data-series="fan"]', { index: options.findIndex(o => o.startsWith('Tenants')) });
    assert.equal(await page.locator('[data-chart="fan"] circle.ring').count(), 4);
  });
  await check('the pointer and the arrow keys show numbers', async () => {
    await page.locator('[data-chart="difference"]').scrollIntoViewIfNeeded();
    const box = await page.locator('[data-chart="difference"] .wide').boundingBox();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 120);
    assert.match(await page.textContent('#tip'), /20\d\d, Jobs[^]*\d/);
    await page.focus('[data-chart="fan"]');
    await page.keyboard.press('ArrowLeft');
    assert.match(await page.textContent('#tip'), /2039/);
  });
  await check('a chart is saved as SVG, PNG and CSV', async () => {
    for (const [kind, start] of [['svg', '<svg'], ['png', '\x89PNG'], ['csv', 'policy,']]) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-save="${kind}"][data-of="cost"]`)]);
      assert.equal(download.suggestedFilename(), `yangjae-cost.${kind}`);
      const bytes = readFileSync(await download.path());
      assert.ok(bytes.length > 300 && bytes.toString('latin1').startsWith(start), kind);
    }
  });
  await check('the table holds the numbers of the CSV files', async () => {
    const cells = await page.$$eval('#headline-table tbody tr', rows => rows.flatMap(row => [...row.querySelectorAll('td')].map((cell, n) => {
      const head = row.closest('table').querySelectorAll('thead th')[n + 1].dataset, get = (s, a) => cell.querySelector(s)?.getAttribute(a) ?? '';
      return { ...head, policy: row.dataset.policy, mean: get('.mean', 'value'), difference: get('.difference', 'value'), low: get('.interval', 'data-low'), high: get('.interval', 'data-high'), error: [get('.error', 'data-ci-low'), get('.error', 'data-ci-high')] };
    })));
    const key = r => [r.policy, r.metric ?? r.item, r.place ?? r.payer].join('|');
    const last = file => new Map(table('en', file).filter(r => !r.year || r.year === '2040').map(r => [key(r), r]));
    const yearly = last('yearly.csv'), comparison = last('comparison.csv'), money = last('cost_benefit.csv');
    let compared = 0;
    for (const cell of cells) {
      if (cell.table === 'yearly.csv') {
        const [own, other] = [yearly.get(key(cell)), comparison.get(key(cell))];
        assert.equal(cell.mean, own?.mean ?? '', key(cell));
        assert.deepEqual([cell.difference, cell.low, cell.high, ...cell.error], ['difference', 'p05', 'p95', 'ci_low', 'ci_high'].map(c => other?.[c] ?? ''), key(cell));
      } else {
        const own = money.get([cell.policy, cell.metric, 'all'].join('|'));
        // A ratio without bounds tells nothing: the page leaves it out, and the file says why.
        const unbounded = cell.metric.startsWith('cost_per') && own?.ci_low === '';
        assert.deepEqual([cell.difference, cell.low, cell.high], ['mean', 'p05', 'p95'].map(c => unbounded ? '' : own?.[c] ?? ''), key(cell));
      }
      compared += 1;
    }
    assert.equal(compared, 23 * 9);
  });
  assert.deepEqual(page.complaints, []);
  await page.close();
}

for (const name of ['en', 'ko']) {
  const page = await open(name, 390);
  await check(`${name}: no sideways scroll on a phone, every chart drawn`, async () => {
    assert.ok(await sideways(page) <= 0);
    assert.deepEqual(await drawn(page), CHARTS);
    await page.click('#controls > summary');
    await page.click('[data-show="all"]');
    assert.ok(await sideways(page) <= 0);
  });
  await page.close();
}

{
  const plain = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await plain.newPage({ javaScriptEnabled: false });
  await page.goto(`file://${join(folder, 'en', 'report.html')}`);
  await check('without scripts every chart is there, and said to be still', async () => {
    assert.deepEqual(await drawn(page), CHARTS);
    assert.ok(await page.isVisible('#still'));
  });
  await plain.close();
}

{
  const page = await open('single');
  await check('two policies and one replication still give a page', async () => {
    assert.match(await page.textContent('#answer'), /One replication cannot tell chance from effect/);
    assert.ok((await drawn(page)).includes('fan'));
    assert.deepEqual(page.complaints, []);
  });
  await page.close();
}

{
  const page = await open('en', 1280, { colorScheme: 'dark' });
  await check('in the dark no serious violation either', async () => {
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run(document, { runOnly: ['color-contrast'] }));
    assert.deepEqual(found.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html)]), []);
  });
  await page.close();
}

{
  const page = await open('en');
  await check('it prints', async () => {
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, path: pictures ? join(pictures, 'print.pdf') : undefined });
    const text = pdf.toString('latin1');
    const pages = Math.max(...[...text.matchAll(/\/Count (\d+)/g)].map(m => +m[1]));
    assert.ok(text.startsWith('%PDF') && pages >= 4 && pages <= 20, `${pages} pages`);
  });
  await page.close();
}

if (pictures) {
  for (const [name, width] of [['en', 1280], ['en', 390], ['ko', 1280], ['ko', 390]]) {
    const page = await open(name, width);
    await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
    await page.close();
  }
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
console.log(`${checks} checks passed`);
