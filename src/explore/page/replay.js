// One history, firm by firm, beside its twin: the same candidates, the same chance, with and without the policy.

const show = { replay: null, when: 0, playing: false, chosen: null, replication: 0, frame: 0, last: 0, plan: null, dots: [[], []], of: null };
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const YEAR_MS = 1100;

async function openReplay() {
  const dialog = byId('replay');
  show.of = copied(current());
  if (!dialog.open) dialog.showModal();
  byId('replay-policy').textContent = nameOf(show.of);
  byId('replication').max = lastReplication();
  await loadReplay(show.replication);
}
const lastReplication = () => STAGES.at(-1) - 1;
// Another one than was asked for is told.
async function loadReplay(asked) {
  const replication = Math.max(0, Math.min(lastReplication(), Math.floor(asked) || 0));
  byId('replication-note').textContent = replication === asked ? '' : say('replication_range', { last: lastReplication(), shown: replication });
  stopReplay();
  Object.assign(show, { replication, replay: null, chosen: null, when: 0 });
  byId('replication').value = replication;
  byId('life').textContent = say('replay_loading');
  const replay = await replayOf(show.of, replication);
  if (show.replication !== replication || !byId('replay').open) return;
  if (!replay) { byId('life').textContent = entryOf(show.of).refused?.text ?? say('crashed', { why: '' }); return; }
  show.replay = wholeYears(replay);
  byId('replay-year').max = replay.years.length - 1;
  byId('life').textContent = say('replay_hint');
  fillReplayTable();
  // Twice, as what stands above the areas takes its room once it is written.
  for (let n = 0; n < 2; n += 1) { planReplay(); setWhen(0); }
  if (!calm.matches) playReplay();
}
// Each life over all years: the engine tells it from its first to its last.
function wholeYears(replay) {
  const first = replay.years[0], spread = (list, from, none) => replay.years.map((_, n) => list[n - (from - first)] ?? none);
  const firms = replay.firms.map(firm => ({ ...firm, worlds: firm.worlds.map(world => world && world.areas.length < replay.years.length ? {
    ...world, areas: spread(world.areas, world.from, -1), jobs: spread(world.jobs, world.from, 0), tenant: spread(world.tenant, world.from, false),
  } : world) }));
  return { ...replay, firms };
}
function planReplay() {
  if (!show.replay) return;
  const [canvas] = document.querySelectorAll('#replay canvas'), width = canvas.clientWidth, dialog = byId('replay'), table = dialog.querySelector('details');
  // As high as leaves the link to the table in sight.
  const others = dialog.scrollHeight - canvas.clientHeight - (table.clientHeight - table.querySelector('summary').clientHeight);
  const height = Math.max(230, Math.min(width * 0.95, innerHeight * 0.94 - others - 6, 620));
  show.plan = { ...layOut(show.replay, width, height), width, height, size: width < 330 ? 7 : 11, scale: Math.min(1, Math.sqrt(width * height / show.replay.firms.length) / 8) };
}
function setWhen(when) {
  const { replay } = show;
  if (!replay) return;
  show.when = Math.max(0, Math.min(replay.years.length - 1, when));
  const n = Math.floor(show.when + 1e-6);
  byId('replay-year').value = n;
  byId('replay-year').setAttribute('aria-valuetext', replay.years[n]);
  byId('year-shown').textContent = replay.years[n];
  document.querySelectorAll('#replay canvas').forEach((canvas, world) => {
    show.dots[world] = paint(canvas, replay, show.plan, world, show.when, show.chosen, calm.matches);
    const total = replay.areas.map((id, a) => [id, countOf(replay, world, n, a)]), inside = total.filter(([id]) => id !== 'elsewhere');
    const jobs = list => number(list.reduce((all, [, c]) => all + c.jobs, 0), 0), firms = list => number(list.reduce((all, [, c]) => all + c.firms, 0), 0);
    canvas.setAttribute('aria-label', say('panel_alt', { world: say(world ? 'with_policy' : 'baseline'), year: replay.years[n], firms: firms(inside), jobs: jobs(inside), all: firms(total), alljobs: jobs(total) }));
    canvas.previousElementSibling.querySelector('.sums').textContent = say('panel_sums', { jobs: jobs(inside), alljobs: jobs(total) });
  });
}
function playReplay() {
  if (!show.replay) return;
  if (show.when >= show.replay.years.length - 1) setWhen(0);
  show.playing = true;
  byId('play').textContent = say('pause');
  show.last = performance.now();
  const tick = now => {
    if (!show.playing) return;
    const passed = (now - show.last) / YEAR_MS;
    // Where motion is not wanted, years follow each other without any.
    if (calm.matches) { if (passed >= 1.2) { show.last = now; setWhen(Math.floor(show.when) + 1); } } else { show.last = now; setWhen(show.when + Math.min(passed, 0.2)); }
    if (show.when >= show.replay.years.length - 1) return stopReplay();
    show.frame = requestAnimationFrame(tick);
  };
  show.frame = requestAnimationFrame(tick);
}
function stopReplay() {
  show.playing = false;
  cancelAnimationFrame(show.frame);
  byId('play').textContent = say('play');
}
function stepReplay(by) {
  stopReplay();
  setWhen(by > 0 ? Math.floor(show.when + 1e-6) + by : Math.ceil(show.when - 1e-6) + by);
}

// A firm's life under both, in words.
function tellLife(index) {
  show.chosen = index;
  const firm = show.replay.firms[index], origin = say(`origin_${String(firm.origin).replace(/-/g, '_')}`), sector = show.replay.sectors[firm.sector] ?? say('institute');
  byId('life').replaceChildren(element('b', { text: say('firm', { id: firm.id, sector: title(D.sectors?.find(s => s.id === sector)?.title ?? sector), born: firm.born, origin: origin.startsWith('origin_') ? firm.origin : origin }) }),
    ...[0, 1].map(world => element('p', {}, element('span', { class: 'world', text: `${say(world ? 'with_policy' : 'baseline')}: ` }), lifeOf(firm.worlds[world]))));
  setWhen(show.when);
}
function lifeOf(world) {
  if (!world) return say('never_founded');
  const { years } = show.replay, stays = [];
  world.areas.forEach((area, n) => {
    const before = stays.at(-1), tenant = Boolean(world.tenant[n]);
    if (area < 0) return;
    if (before && before.area === area && before.tenant === tenant && before.to === n - 1) before.to = n;
    else stays.push({ area, tenant, from: n, to: n });
  });
  if (!stays.length) return say('never_founded');
  const said = stays.map(stay => say(stay.tenant ? 'stay_tenant' : 'stay', {
    years: stay.from === stay.to ? years[stay.from] : `${years[stay.from]}–${years[stay.to]}`, place: areaTitle(show.replay.areas[stay.area]),
    jobs: world.jobs[stay.from] === world.jobs[stay.to] ? number(world.jobs[stay.from], 0) : `${number(world.jobs[stay.from], 0)} → ${number(world.jobs[stay.to], 0)}`,
  }));
  const end = stays.at(-1).to;
  return `${said.join('; ')}. ${end < years.length - 1 ? say('gone', { year: years[end + 1] }) : say('there_still', { year: years[end] })}`;
}
// Firms in the order of how much their two lives differ in the year that is shown: what the keys walk through.
function notable() {
  const n = Math.floor(show.when + 1e-6), jobs = w => w && w.areas[n] >= 0 ? w.jobs[n] : 0;
  return show.replay.firms.map((firm, index) => [Math.abs(jobs(firm.worlds[1]) - jobs(firm.worlds[0])), index]).filter(([size]) => size > 0).sort((a, b) => b[0] - a[0]).map(([, index]) => index);
}

// The same as a table: every year of both.
function fillReplayTable() {
  const { replay } = show, inside = area => area >= 0 && replay.areas[area] !== 'elsewhere';
  const counts = (world, n) => {
    const found = { founded: 0, moved: 0, gone: 0, district: 0, districtJobs: 0, city: 0, cityJobs: 0 };
    for (const firm of replay.firms) {
      const own = firm.worlds[world];
      if (!own) continue;
      const now = own.areas[n], before = n ? own.areas[n - 1] : now;
      if (now >= 0) { found.city += 1; found.cityJobs += own.jobs[n]; }
      if (inside(now)) { found.district += 1; found.districtJobs += own.jobs[n]; }
      if (now >= 0 && before < 0) found.founded += 1;
      if (inside(now) && before >= 0 && !inside(before)) found.moved += 1;
      if (now < 0 && before >= 0) found.gone += 1;
    }
    return found;
  };
  const keys = ['founded', 'moved', 'gone', 'district', 'districtJobs', 'city', 'cityJobs'];
  byId('replay-table').replaceChildren(
    element('thead', {}, element('tr', {}, element('th', { scope: 'col', text: say('year') }), ...keys.map(key => element('th', { scope: 'col', text: say(`count_${key.toLowerCase()}`) })))),
    element('tbody', {}, ...replay.years.map((year, n) => {
      const [without, policy] = [counts(0, n), counts(1, n)];
      return element('tr', {}, element('th', { scope: 'row', text: year }), ...keys.map(key => element('td', { text: `${number(without[key], 0)} | ${number(policy[key], 0)}` })));
    })));
}
function listenToReplay() {
  byId('see').addEventListener('click', openReplay);
  byId('play').addEventListener('click', () => { if (!show.playing) return playReplay(); stopReplay(); setWhen(Math.round(show.when)); });
  byId('back').addEventListener('click', () => stepReplay(-1));
  byId('forth').addEventListener('click', () => stepReplay(1));
  byId('replay-year').addEventListener('input', e => { stopReplay(); setWhen(Number(e.target.value)); });
  byId('replication').addEventListener('change', e => loadReplay(e.target.value.trim() === '' ? NaN : Number(e.target.value)));
  byId('another').addEventListener('click', () => loadReplay((show.replication + 1) % (lastReplication() + 1)));
  byId('replay').addEventListener('close', stopReplay);
  document.querySelectorAll('#replay canvas').forEach((canvas, world) => {
    canvas.addEventListener('click', e => {
      const box = canvas.getBoundingClientRect(), x = e.clientX - box.left, y = e.clientY - box.top;
      const near = show.dots[world].map(d => [Math.hypot(d.x - x, d.y - y) - d.r, d.index]).sort((a, b) => a[0] - b[0])[0];
      if (near && near[0] < 9) tellLife(near[1]);
    });
    canvas.addEventListener('keydown', e => {
      if (!show.replay) return;
      const year = { ArrowRight: 1, ArrowLeft: -1 }[e.key], firm = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (!year && !firm) return;
      e.preventDefault();
      if (year) return stepReplay(year);
      const list = notable(), next = Math.max(0, Math.min(list.length - 1, list.indexOf(show.chosen) + firm));
      if (list.length) tellLife(list[next]);
    });
  });
  addEventListener('resize', () => { if (byId('replay').open && show.replay) { planReplay(); setWhen(show.when); } });
}
