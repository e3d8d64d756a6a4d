// Workers, what they have computed, and in which order they compute. One unit of work is one history: whoever is
// free is handed the next one of what is wanted now, so that work on what is no longer wanted ends with its unit.

let STAGES = [8, 32, 128];
const MOST_KEPT = 4e6, MOST_CRASHES = 3, MOST_SUMMARIES = 120;
const kept = new Map();     // by key: { key, of, job, values, done, setup, made, refused, memo, crashes }
const workers = [];
const asked = [];           // replays, each before any further history
let compiled = null, bytes = 0, live = false, unable = null;
let wanted = [];            // [[entry, until], …]
let dragging = false, begun = null;

// What the page was written with: `--seed`, `--until` and so on, and how many histories it can give.
let base = {};
function readBase() {
  base = JSON.parse(D.files['explore.json'] ?? '{}');
  if (base.replications) STAGES = [...new Set(STAGES.map(stage => Math.min(stage, base.replications)))];
}
// The main results, of which every history tells; those of any other metric are told where it is looked at.
let series = null;
const mainSeries = () => series ??= [...new Set(Object.values(D.precomputed.policies).flatMap(policy => Object.keys(policy.series)))];
const isMain = metric => mainSeries().some(id => id.startsWith(`${metric}@`));
function seriesIds() {
  const { id, places } = metricOf();
  return isMain(id) ? mainSeries() : [...mainSeries(), ...places.map(place => `${id}@${place}`)];
}
function jobOf(of) {
  const edits = editsOf(of);
  return { policy: of.policy, edits, alone: of.policy === D.scenario.baseline && !edits.length, set: of.param, future: of.future, series: seriesIds() };
}
function entryOf(of) {
  const key = isMain(view.metric) ? keyOf(of) : `${view.metric} ${keyOf(of)}`;
  let entry = kept.get(key);
  if (!entry) entry = { key, of: copied(of), job: jobOf(of), values: [], flying: new Set(), done: 0, setup: null, made: null, refused: null, memo: new Map(), crashes: 0 };
  // The last used stands last.
  kept.delete(key);
  kept.set(key, entry);
  return entry;
}
// Forgets histories of what was not used for longest; what was shown of them stays, so that going back is at once.
function tidy() {
  const inUse = new Set(wanted.map(([entry]) => entry));
  for (const entry of kept.values()) {
    if (bytes <= MOST_KEPT) break;
    if (inUse.has(entry) || !entry.values.length) continue;
    bytes -= entry.values.reduce((all, v) => all + (v ? v.byteLength : 0), 0);
    entry.values = [];
    entry.done = 0;
  }
  for (const [key, entry] of kept) {
    if (kept.size <= MOST_SUMMARIES) break;
    if (!inUse.has(entry) && !entry.values.length) kept.delete(key);
  }
}

// What is wanted: the choice first, roughly; then it and the pinned ones, ever finer.
function want() {
  const here = entryOf(current()), beside = pins().map(entryOf), origin = asShipped(current()) ? null : entryOf({ ...choice(current().policy) });
  const [rough, good = rough, fine = good] = STAGES;
  wanted = [[here, rough], [here, good]];
  for (const pin of beside) wanted.push([pin, rough], [pin, good]);
  if (origin && changesOf(current()).length) wanted.push([origin, good]);
  wanted.push([here, fine], ...(origin && changesOf(current()).length ? [[origin, fine]] : []), ...beside.map(pin => [pin, fine]));
  // While something is dragged, rough is enough: what is fine would be out of date.
  // What was begun before is finished first, so that something is seen of a long drag.
  if (dragging) wanted = [...(begun && begun !== here && begun.done < rough ? [[begun, rough]] : []), [here, rough]];
  begun = wanted[0][0];
  tidy();
  work();
}
// An engine keeps the baselines of the first histories, which are wanted first of every change: each of these always goes
// to the same worker. The number is that of `session/mod.rs`.
const KEPT = 4;
const isFor = (worker, r) => r >= KEPT || workers[r % workers.length] === worker;
function nextUnit(worker) {
  for (const [entry, until] of wanted) {
    if (entry.refused) continue;
    for (let r = entry.done; r < until; r += 1) if (!entry.values[r] && !entry.flying.has(r) && isFor(worker, r)) return { entry, r };
  }
  return null;
}
function work() {
  if (!live) return;
  for (const worker of workers) {
    if (!worker.ready || worker.unit) continue;
    const question = asked.shift();
    if (question) { worker.unit = question; worker.port.postMessage({ key: question.entry.key, job: question.entry.job, replay: question.replay }); continue; }
    const unit = nextUnit(worker);
    if (!unit) continue;
    worker.unit = unit;
    unit.entry.flying.add(unit.r);
    worker.port.postMessage({ key: unit.entry.key, job: unit.entry.job, r: unit.r });
  }
}

function heard(worker, message) {
  if (message.ready) { worker.ready = true; return work(); }
  if (message.dead) return fell(worker, message.dead);
  const { unit } = worker;
  worker.unit = null;
  // What an engine refuses before any work, the scenario itself, all of them refuse.
  if (!unit) return message.refused ? cannot(message.refused.text, 'unable_scenario') : undefined;
  const { entry } = unit;
  entry.flying.delete(unit.r);
  if (message.setup) { entry.setup = sharedSetup(message.setup); entry.warnings = message.setup.warnings ?? []; entry.made = message.made; }
  if (message.refused) {
    entry.refused = message.refused;
    unit.give?.(null);
    work();
    return arrived(entry);
  }
  if (unit.give) { work(); return unit.give(message.replay); }
  if (!entry.values[unit.r]) { entry.values[unit.r] = message.values; bytes += message.values.byteLength; }
  const before = entry.done;
  while (entry.values[entry.done]) entry.done += 1;
  work();
  if (STAGES.some(stage => before < stage && entry.done >= stage)) arrived(entry);
  else progressed(entry);
}
// Choices have the same years, series and outcomes: one copy for all of them.
const setups = new Map();
function sharedSetup(setup) {
  const { policies, warnings, ...rest } = setup, key = JSON.stringify(rest);
  if (!setups.has(key)) setups.set(key, rest);
  return setups.get(key);
}
// A worker whose engine gave up is another one; what fells it again and again is refused.
function fell(worker, why) {
  const { unit } = worker;
  worker.port.terminate();
  workers.splice(workers.indexOf(worker), 1);
  if (unit) {
    unit.entry.flying?.delete(unit.r);
    unit.entry.crashes += 1;
    if (unit.entry.crashes >= MOST_CRASHES) { unit.entry.refused = { problems: [], text: say('crashed', { why }) }; arrived(unit.entry); }
    unit.give?.(null);
  } else if (!worker.ready) {
    falls += 1;
    if (falls > MOST_CRASHES) return workers.some(w => w.ready) ? undefined : cannot(why);
  }
  hire();
}
let falls = 0, source = null;
function hire() {
  const worker = { port: new Worker(source), ready: false, unit: null };
  worker.port.onmessage = e => heard(worker, e.data);
  worker.port.onerror = e => { e.preventDefault(); fell(worker, e.message || 'worker'); };
  worker.port.postMessage({ start: compiled, files: D.files, name: D.scenario.name });
  workers.push(worker);
}
function cannot(why, text = 'unable') {
  live = false;
  unable = { why, text };
  workers.splice(0).forEach(worker => worker.port.terminate());
  unableToRun();
}

async function begin() {
  try {
    if (typeof WebAssembly !== 'object') throw new Error('WebAssembly');
    if (typeof Worker !== 'function') throw new Error('Worker');
    // The engine stands last in the file, and the page is there before it is read.
    if (document.readyState === 'loading') await new Promise(read => document.addEventListener('DOMContentLoaded', read));
    compiled = await WebAssembly.compile(await unpacked('engine').arrayBuffer());
    source = URL.createObjectURL(new Blob([await unpacked('worker').text()], { type: 'text/javascript' }));
    live = true;
    const cores = Math.max(1, Math.min(4, navigator.hardwareConcurrency || 2));
    for (let n = 0; n < cores; n += 1) hire();
    want();
  } catch (error) { cannot(error.message || String(error)); }
}
// A whole replication of a choice, firm by firm.
const replayOf = (of, replication) => new Promise(give => {
  asked.push({ entry: entryOf(of), replay: replication, give });
  work();
});

// What is shown of a choice: the finest stage that is computed, or what is precomputed.
function summaryOf(of, at = null) {
  const entry = entryOf(of), n = at === null ? STAGES.findLast(stage => entry.done >= stage) ?? 0 : entry.done >= at ? at : 0;
  const ids = seriesIds().filter(id => id.startsWith(`${view.metric}@`));
  const best = [...entry.memo.values()].filter(m => m.metric === view.metric && m.n <= (at ?? Infinity)).sort((a, b) => b.n - a.n)[0];
  const shipped = at === null && asShipped(of) ? precomputedOf(of) : null;
  if (n && (!best || best.n < n)) {
    const made = summarise(entry, n, ids);
    // Of other stages, what is compared with the policy as shipped is made anew where it is asked for.
    for (const [key, old] of entry.memo) if (old.metric === view.metric && at === null) entry.memo.delete(key);
    entry.memo.set(`${n} ${view.metric}`, made);
    return shipped && n < shipped.n ? shipped : made;
  }
  if (shipped && (best?.n ?? 0) < shipped.n) return shipped;
  return best ?? null;
}
function summarise(entry, n, ids) {
  const { setup } = entry, years = setup.years.length, all = setup.series.map(s => s.id);
  const column = at => Array.from({ length: n }, (_, r) => entry.values[r][at]);
  const bySeries = {}, outcomes = {}, terms = {};
  const { block } = setup;
  for (const id of ids) bySeries[id] = setup.years.map((_, y) => summary(column(all.indexOf(id) * years + y), block));
  let at = all.length * years;
  for (const { id } of setup.outcomes) outcomes[id] = summary(column(at++), block);
  for (const { id } of setup.terms) terms[id] = mean(column(at++));
  return { n, metric: view.metric, series: bySeries, outcomes, terms, precomputed: false };
}
function precomputedOf(of) {
  const known = D.precomputed.policies[of.policy], n = D.precomputed.replications;
  if (!known || !isMain(view.metric)) return null;
  const three = ([middle, p05, p95, below]) => ({ mean: middle, p05, p95, below: below ?? null, above: null, off: null });
  const outcomes = Object.fromEntries(Object.entries(known.outcomes).map(([id, v]) => [id, three(v)]));
  const bySeries = Object.fromEntries(Object.entries(known.series).filter(([id]) => id.startsWith(`${view.metric}@`)).map(([id, v]) => [id, v.map(three)]));
  return { n, metric: view.metric, series: bySeries, outcomes, terms: known.terms, precomputed: true };
}
