// The page: shows of the drawings what the reader asks for, says their numbers, saves them. The
// drawings themselves are made where the page is written.
'use strict';
(async () => {
const still = document.getElementById('still');
if (!('DecompressionStream' in window)) return;
still.hidden = true;
const packed = Uint8Array.from(atob(document.getElementById('figures').textContent), c => c.charCodeAt(0));
const D = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'))).json();

const T = D.texts, YEARS = D.years, POLICIES = D.policies, LAST = YEARS.length - 1;
// The policies that charts can show: of many the leading ones.
const LISTED = POLICIES.map((p, i) => p.name ? i : -1).filter(i => i >= 0);
const state = { on: new Set(LISTED.filter(i => POLICIES[i].on)), focus: D.focus, fan: 0, difference: 0, year: LAST };
const STATS = { mean: 0, low: 1, high: 2, p05: 3, p25: 4, p50: 5, p75: 6, p95: 7 };
const DIFF = { mean: 0, p05: 3, p95: 4 };

// Numbers as `language/number.rs` writes them.
const EXPONENT_FROM = 1e16;
const known = v => v !== null && v !== undefined;
const places = v => { const a = Math.abs(v); return a >= 10 ? 0 : a >= 1 ? 1 : 2; };
function fmt(v, d) {
  if (!known(v)) return '–';
  const n = known(d) ? d : places(v);
  if (Math.abs(v) >= EXPONENT_FROM) return v.toExponential(2).replace('e+', 'e');
  const text = Math.abs(v).toLocaleString('en-US', { minimumFractionDigits: n, maximumFractionDigits: n });
  return (v < 0 && /[1-9]/.test(text) ? '-' : '') + text;
}
const plus = (v, d) => { const t = fmt(v, d); return t[0] === '-' || !/[1-9]/.test(t) ? t : '+' + t; };
const range = (a, b, f, d) => f(a, d) + (D.language === 'ko' ? ' ~ ' : ' to ') + f(b, d);

// Each chart: its title, the drawing where the choice of the reader changes it, what a year of a plot
// says, and the figures behind it.
const series = name => D.series[state[name]];
const byPolicy = table => ({ head: table.head, rows: table.rows.filter(r => state.on.has(LISTED.find(i => POLICIES[i].name === r[0]))) });
// On the scale of the headline set as long as no other policy is shown.
const scaled = drawings => drawings[[...state.on].every(i => POLICIES[i].on) ? 0 : drawings.length - 1];
const charts = {
  forest: { title: () => T.forest.replace('{year}', YEARS[LAST]), table: () => D.tables.forest },
  fan: {
    title: () => series('fan').title, drawing: () => scaled(series('fan').fan),
    tip: (policy, n) => fanTip(series('fan'), policy, n),
    table: () => yearTable(series('fan'), 'yearly', ['mean', 'ci_low', 'ci_high', 'p05', 'p25', 'p50', 'p75', 'p95']),
  },
  difference: {
    title: () => `${T.difference}: ${series('difference').title}`, drawing: () => scaled(series('difference').lines),
    tip: (_, n) => differenceTip(series('difference'), n),
    table: () => yearTable(series('difference'), 'difference', ['difference', 'ci_low', 'ci_high', 'p05', 'p95', 'probability_higher']),
  },
  additionality: { title: () => T.additionality, drawing: () => scaled(D.charts.additionality), table: () => byPolicy(D.tables.additionality) },
  cost: { title: () => T.cost, drawing: () => scaled(D.charts.cost), table: () => byPolicy(D.tables.cost) },
  attribution: { title: () => T.attribution, table: () => D.tables.attribution },
  map: { title: () => `${T.map}: ${POLICIES[state.focus].title}, ${YEARS[state.year]}`, drawing: () => D.plans[state.focus].map, table: mapTable },
  groups: {
    title: () => `${T.groups.replace('{year}', YEARS[LAST])}: ${POLICIES[state.focus].title}`, drawing: () => D.plans[state.focus].groups,
    table: () => ({ head: D.tables.groups.head, rows: D.tables.groups.rows.filter(r => r[0] === POLICIES[state.focus].name) }),
  },
  timeline: {
    title: () => `${T.timeline}: ${POLICIES[state.focus].title}`, drawing: () => D.plans[state.focus].timeline,
    table: () => ({ head: ['policy', 'lever', 'kind', 'from', 'opening', 'until'], rows: D.plans[state.focus].levers.map(l => [POLICIES[state.focus].name, ...l]) }),
  },
};
const ofPolicies = ['fan', 'difference', 'additionality', 'cost'];
function fanTip(of, policy, n) {
  const f = of.yearly[policy][n].map(v => known(v) ? v / of.divisor : null), d = places(f[STATS.mean] || 0);
  let tip = `${POLICIES[policy].title}, ${YEARS[n]}\n${T.median} ${fmt(f[STATS.p50], d)}   ${T.mean} ${fmt(f[STATS.mean], d)} ${of.unit}`;
  if (known(f[STATS.p05])) tip += `\n${T.middle_50}: ${range(f[STATS.p25], f[STATS.p75], fmt, d)}\n${T.middle_90}: ${range(f[STATS.p05], f[STATS.p95], fmt, d)}`;
  if (known(f[STATS.low])) tip += `\n${T.interval_95}: ${range(f[STATS.low], f[STATS.high], fmt, d)}`;
  if (policy === D.baseline) for (const [year, value, tolerance] of of.observed) if (year === YEARS[n]) {
    tip += `\n${T.observed}: ${fmt(value / of.divisor)} (± ${fmt(tolerance / of.divisor)})`;
  }
  return tip;
}
function differenceTip(of, n) {
  const rows = [...state.on].filter(i => i !== D.baseline && of.difference[i]).map(i => [of.difference[i][n].map(v => known(v) ? v / of.divisor : null), i]);
  const lines = rows.filter(r => known(r[0][DIFF.mean])).sort((a, b) => b[0][DIFF.mean] - a[0][DIFF.mean]).slice(0, 12).map(([f, i]) => `${plus(f[DIFF.mean])}  ${POLICIES[i].title}` +
    (i === state.focus && known(f[DIFF.p05]) ? ` (${T.middle_90}: ${range(f[DIFF.p05], f[DIFF.p95], plus, places(f[DIFF.mean]))})` : ''));
  return `${YEARS[n]}, ${of.title}\n` + lines.join('\n');
}
// Figures by policy and year, as the CSV files have them.
function yearTable(of, figures, head) {
  const rows = LISTED.filter(i => state.on.has(i) && of[figures][i])
    .flatMap(i => of[figures][i].map((f, n) => [POLICIES[i].name, of.place, of.metric, YEARS[n], ...f]));
  return { head: ['policy', 'place', 'metric', 'year', ...head], rows };
}
function mapTable() {
  const rows = D.plans[state.focus].places.map(([place, metric, means]) => [POLICIES[state.focus].name, YEARS[state.year], place, metric, means[state.year]]);
  return { head: ['policy', 'year', 'place', 'metric', 'mean'], rows };
}

// Drawings, and what of them is shown.
const holders = new Map([...document.querySelectorAll('[data-chart]')].map(h => [h.dataset.chart, h])), tip = document.getElementById('tip');
function draw(name) {
  const holder = holders.get(name), chart = charts[name];
  if (!holder) return;
  const drawing = chart.drawing?.();
  if (drawing !== undefined && drawing !== chart.drawn) holder.innerHTML = chart.drawn = drawing;
  show(name);
}
// Marks what is off, in focus, and of the map's year.
function show(name) {
  const holder = holders.get(name);
  if (ofPolicies.includes(name)) {
    holder.querySelectorAll('[data-policy]').forEach(e => {
      e.classList.toggle('off', !state.on.has(+e.dataset.policy));
      e.classList.toggle('focus', name === 'difference' && +e.dataset.policy === state.focus);
    });
    holder.querySelectorAll('.bands').forEach(e => e.classList.toggle('on', +e.dataset.focus === state.focus && state.on.has(state.focus)));
    const empty = !holder.querySelector('[data-policy]:not(.off)');
    holder.classList.toggle('empty', empty);
    holder.querySelectorAll(':scope > p').forEach(p => p.remove());
    if (empty) holder.append(Object.assign(document.createElement('p'), { className: 'note', textContent: state.on.size ? T.no_data : T.nothing_shown }));
  }
  if (name === 'map') holder.querySelectorAll('.piece').forEach(piece => {
    const frame = D.plans[state.focus].frames[state.year];
    let at = 0;
    piece.querySelectorAll('[data-live]').forEach(e => e.dataset.live.split(' ').forEach(change => {
      if (change === 'text') e.textContent = frame[at++]; else e.setAttribute(change, frame[at++]);
    }));
  });
  const details = document.querySelector(`details.data[data-of="${name}"]`);
  if (details && details.open) fillTable(name);
}

// Numbers under the pointer, a finger or the focus.
function showTip(content, x, y) {
  tip.textContent = content;
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(6, Math.min(x + 14, innerWidth - box.width - 6)) + 'px';
  tip.style.top = Math.max(6, y + 18 + box.height > innerHeight ? y - box.height - 12 : y + 18) + 'px';
}
const cursor = document.createElementNS('http://www.w3.org/2000/svg', 'line');
cursor.setAttribute('class', 'cursor');
cursor.setAttribute('stroke-dasharray', '3 3');
function hideTip() {
  tip.hidden = true;
  cursor.remove();
}
const seen = e => e.getClientRects().length > 0;
const plots = holder => [...holder.querySelectorAll('[data-plot]')].filter(seen);
// Where a plot's years lie on the screen.
function frameOf(plot) {
  const [left, right, top, bottom] = plot.dataset.plot.split(' ').map(Number);
  const box = plot.getBoundingClientRect(), ratio = box.width / plot.viewBox.baseVal.width;
  return { left, right, top, bottom, box, ratio };
}
function sayYear(name, plot, n, x, y) {
  const { left, right, top, bottom, box, ratio } = frameOf(plot), at = left + (right - left) * n / Math.max(1, LAST);
  for (const [k, v] of [['x1', at], ['x2', at], ['y1', top], ['y2', bottom]]) cursor.setAttribute(k, v);
  plot.append(cursor);
  showTip(charts[name].tip(+plot.dataset.policy, n), x ?? box.left + at * ratio, y ?? box.top + (top + bottom) / 2 * ratio);
}
// Lights one policy among the others.
function light(holder, policy) {
  holder.classList.toggle('dim', policy !== undefined);
  holder.querySelectorAll('[data-policy]').forEach(e => e.classList.toggle('lit', e.dataset.policy === policy));
}
holders.forEach((holder, name) => {
  let plotAt = 0, yearAt = LAST, markAt = -1;
  const lights = name === 'difference' || name === 'cost';
  holder.addEventListener('pointermove', e => {
    if (lights) light(holder, e.target.closest('[data-policy]')?.dataset.policy);
    const marked = e.target.closest('[data-tip]'), plot = e.target.closest('[data-plot]');
    if (marked) return showTip(marked.dataset.tip, e.clientX, e.clientY);
    if (!plot) return hideTip();
    const { left, right, box, ratio } = frameOf(plot), x = (e.clientX - box.left) / ratio;
    if (x < left - 8 || x > right + 8) return hideTip();
    plotAt = plots(holder).indexOf(plot);
    yearAt = Math.max(0, Math.min(LAST, Math.round((x - left) / (right - left) * Math.max(1, LAST))));
    sayYear(name, plot, yearAt, e.clientX, e.clientY);
  });
  const leave = () => { hideTip(); if (lights) light(holder); };
  holder.addEventListener('pointerleave', leave);
  holder.addEventListener('blur', leave);
  holder.addEventListener('keydown', e => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key], jump = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (e.key === 'Escape') return leave();
    if (!step && !jump) return;
    e.preventDefault();
    const of = plots(holder), entries = [...holder.querySelectorAll('.entry')].filter(seen);
    const moved = (list, at, by) => Math.max(0, Math.min(list.length - 1, at + (by || 0)));
    if (entries.length && jump) {
      markAt = moved(entries, markAt, jump);
      light(holder, entries[markAt].dataset.policy);
    }
    if (of.length) {
      plotAt = moved(of, plotAt, jump);
      yearAt = Math.max(0, Math.min(LAST, yearAt + (step || 0)));
      return sayYear(name, of[plotAt], yearAt);
    }
    const marks = [...holder.querySelectorAll('[data-tip]')].filter(seen);
    markAt = moved(marks, markAt, step || jump);
    if (!marks[markAt]) return;
    const box = marks[markAt].getBoundingClientRect();
    showTip(marks[markAt].dataset.tip, box.left + box.width / 2, box.top + box.height / 2);
  });
});

// Policies on and off, and the one in focus.
const boxes = [...document.querySelectorAll('.chip input')], bar = document.getElementById('bar');
function showPolicies() {
  boxes.forEach(b => { b.checked = state.on.has(+b.dataset.policy); });
  document.querySelectorAll('tr[data-row]').forEach(r => r.classList.toggle('off', +r.dataset.row !== D.baseline && !state.on.has(+r.dataset.row)));
  document.getElementById('shown-count').textContent = `${T.controls}: ${state.on.size} / ${POLICIES.length}`;
  ofPolicies.forEach(draw);
}
boxes.forEach(b => b.addEventListener('change', () => { state.on[b.checked ? 'add' : 'delete'](+b.dataset.policy); showPolicies(); }));
document.querySelectorAll('[data-show]').forEach(b => b.addEventListener('click', () => {
  state.on = new Set({ all: LISTED, none: [], headline: LISTED.filter(i => POLICIES[i].on) }[b.dataset.show]);
  showPolicies();
}));
const focus = document.getElementById('focus');
focus.value = state.focus;
focus.addEventListener('change', () => {
  state.focus = +focus.value;
  state.on.add(state.focus);
  showPolicies();
  ['map', 'timeline', 'groups'].forEach(draw);
});
document.querySelectorAll('[data-series]').forEach(select => {
  const of = select.dataset.series;
  D.series.forEach((s, n) => select.add(new Option(s.title, n)));
  select.addEventListener('change', () => { state[of] = +select.value; draw(of); });
});

// The map's year.
const year = document.getElementById('year'), play = document.getElementById('play');
let timer = 0;
function setYear(n) {
  state.year = n;
  year.value = YEARS[n];
  document.getElementById('year-shown').textContent = YEARS[n];
  draw('map');
}
year.addEventListener('input', () => setYear(+year.value - YEARS[0]));
play.addEventListener('click', () => {
  const stop = () => { clearInterval(timer); timer = 0; play.textContent = T.play; };
  if (timer) return stop();
  play.textContent = T.pause;
  setYear(0);
  timer = setInterval(() => { if (state.year < LAST) setYear(state.year + 1); else stop(); }, 650);
});

// The data behind a chart, as a table and as CSV.
function fillTable(name) {
  const box = document.querySelector(`details.data[data-of="${name}"] > div`), { head, rows } = charts[name].table();
  const line = (cells, kind) => {
    const row = document.createElement('tr');
    cells.forEach(v => { row.append(Object.assign(document.createElement(kind), { textContent: known(v) ? v : '' })); });
    return row;
  };
  const table = Object.assign(document.createElement('table'), { className: 'plain' });
  table.createTHead().append(line(head, 'th'));
  table.createTBody().append(...rows.map(r => line(r, 'td')));
  box.replaceChildren(table);
}
document.querySelectorAll('details.data').forEach(d => d.addEventListener('toggle', () => { if (d.open) fillTable(d.dataset.of); }));
function csv(table) {
  const cell = v => {
    if (!known(v)) return '';
    const t = typeof v === 'string' && /^[=+\-@\t\r]/.test(v) ? "'" + v : String(v);
    return /[",\n\r]/.test(t) ? '"' + t.replace(/"/g, '""') + '"' : t;
  };
  return [table.head, ...table.rows].map(r => r.map(cell).join(',')).join('\n') + '\n';
}

// What is seen of a chart as a picture that stands alone: its colours inside, its title above.
function picture(name) {
  const holder = holders.get(name), room = holder.getBoundingClientRect(), w = room.width + 40, h = room.height + 66;
  const writer = new XMLSerializer();
  const pieces = [...holder.querySelectorAll('.piece')].filter(seen).map(piece => {
    const box = piece.getBoundingClientRect(), copy = piece.cloneNode(true);
    copy.querySelectorAll('.off, .cursor').forEach(e => e.remove());
    for (const [k, v] of [['x', box.left - room.left], ['y', box.top - room.top], ['width', box.width], ['height', box.height]]) copy.setAttribute(k, Math.round(v * 10) / 10);
    return writer.serializeToString(copy);
  });
  const head = new Option(charts[name].title()).innerHTML, font = getComputedStyle(document.body).fontFamily.replace(/"/g, "'");
  return { w, h, svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" font-family="${font}"><style>${D.style}</style><rect width="100%" height="100%" fill="#fff"/><text class="title" x="20" y="32">${head}</text><g transform="translate(20 48)">${pieces.join('')}</g></svg>` };
}
function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
document.querySelectorAll('[data-save]').forEach(button => button.addEventListener('click', () => {
  const name = button.dataset.of, kind = button.dataset.save, file = `${D.scenario}-${name}.${kind}`;
  if (kind === 'csv') return save(new Blob([csv(charts[name].table())], { type: 'text/csv' }), file);
  const { w, h, svg } = picture(name), blob = new Blob([svg], { type: 'image/svg+xml' });
  if (kind === 'svg') return save(blob, file);
  const image = new Image(), address = URL.createObjectURL(blob);
  image.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = w * 2;
    canvas.height = h * 2;
    canvas.getContext('2d').drawImage(image, 0, 0, w * 2, h * 2);
    URL.revokeObjectURL(address);
    canvas.toBlob(png => save(png, file));
  };
  image.src = address;
}));

bar.hidden = false;
document.querySelector('.slider').hidden = false;
showPolicies();
holders.forEach((_, name) => draw(name));
// On paper nothing can be opened: all is, but for the figures behind charts and the switches.
const folded = [...document.querySelectorAll('main details:not(.data):not(.rest):not(.raw):not(#controls)')];
let opened = [];
const paper = on => {
  if (on) opened = folded.filter(d => !d.open);
  opened.forEach(d => { d.open = on; });
};
addEventListener('beforeprint', () => paper(true));
addEventListener('afterprint', () => paper(false));
})();
