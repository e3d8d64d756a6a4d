// What all charts share: the figures, what is switched on, scales, and SVG as text.
'use strict';
const D = JSON.parse(document.getElementById('figures').textContent);
const T = D.texts, YEARS = D.years, POLICIES = D.policies;
const state = {
  on: new Set(POLICIES.map((p, i) => p.on ? i : -1).filter(i => i >= 0)),
  focus: D.focus, fan: 0, difference: 0, year: YEARS.length - 1,
};
const STATS = { mean: 0, low: 1, high: 2, p05: 3, p25: 4, p50: 5, p75: 6, p95: 7 };
const DIFF = { mean: 0, low: 1, high: 2, p05: 3, p95: 4, higher: 5 };

const esc = text => String(text).replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
const px = v => (Math.round(v * 10) / 10).toString();
const known = v => v !== null && v !== undefined;
// The policies that charts can show: of many the leading ones.
const LISTED = POLICIES.map((p, i) => p.name ? i : -1).filter(i => i >= 0);
const shown = () => [...state.on].sort((a, b) => a - b);
const compared = () => shown().filter(i => i !== D.baseline);
// Numbers from here on are shown with an exponent, as in `language/number.rs`.
const EXPONENT_FROM = 1e16;
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

// Whatever the values are, there are few ticks and every pixel is a number: `figures/scale.rs` has the
// same rules and limits.
const MOST_TICKS = 64, LARGEST = 1e300, LEAST_RANGE = 1e-12, FARTHEST = 1e5;
function niceStep(span, count) {
  let step = 1e-9, k = 0;
  while (step < span / count * 0.999) step *= [2, 2.5, 2][k++ % 3];
  return step;
}
function scale(values, from, to, exact) {
  let low = Infinity, high = -Infinity;
  for (const value of values) if (known(value) && !Number.isNaN(value)) {
    const v = Math.max(-LARGEST, Math.min(LARGEST, value));
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  if (low > high) { low = 0; high = 1; }
  if (high - low <= LEAST_RANGE * Math.max(Math.abs(low), Math.abs(high))) { const room = low === 0 ? 1 : Math.abs(low) / 10; low -= room; high += room; }
  if (!exact) { const s = niceStep(high - low, 16); low = Math.floor(low / s) * s; high = Math.ceil(high / s) * s; }
  const at = v => {
    const pixel = from + (v - low) / (high - low) * (to - from);
    return Number.isNaN(pixel) ? from : Math.max(-FARTHEST, Math.min(FARTHEST, pixel));
  };
  at.invert = p => low + (p - from) / (to - from) * (high - low);
  at.ticks = count => {
    const s = niceStep(high - low, count), ticks = [];
    for (let n = Math.ceil(low / s - 1e-9); n * s <= high + s * 1e-9 && ticks.length < MOST_TICKS; n++) ticks.push(n * s);
    let d = 0;
    while (d < 6 && Math.abs(s * 10 ** d - Math.round(s * 10 ** d)) > 1e-6) d++;
    return { ticks, d };
  };
  return at;
}
const yearScale = (from, to) => scale([YEARS[0], Math.max(YEARS[YEARS.length - 1], YEARS[0] + 1)], from, to, true);

const text = (x, y, anchor, cls, content, size) =>
  `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}" class="${cls}" font-size="${size || 12}">${esc(content)}</text>`;
const line = (x1, y1, x2, y2, cls, more) =>
  `<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" class="${cls}" ${more || ''}/>`;
function linePath(points) {
  let path = '', down = false;
  for (const p of points) {
    if (p && known(p[1]) && !Number.isNaN(p[1])) { path += (down ? 'L' : 'M') + px(p[0]) + ' ' + px(p[1]); down = true; } else down = false;
  }
  return path;
}
function bandPath(points) {
  const all = points.filter(p => known(p[1]) && known(p[2]));
  const path = linePath([...all.map(p => [p[0], p[2]]), ...all.reverse().map(p => [p[0], p[1]])]);
  return path ? path + 'Z' : '';
}
// About how wide a text is: a Korean letter takes its whole size, a Latin one a little over half.
const textWidth = (t, size) => [...t].reduce((w, c) => w + (c.charCodeAt(0) > 0x1100 ? 1 : 0.55), 0) * size;
// A text no wider than its room, with dots in its middle where something is missing.
function cut(t, width, size) {
  if (textWidth(t, size) <= width) return t;
  const c = [...t];
  for (let front = 0, back = 0, best = '…'; ;) {
    if (front <= back) front++; else back++;
    const s = c.slice(0, front).join('').trimEnd() + '…' + c.slice(c.length - back).join('').trimStart();
    if (front + back > c.length || textWidth(s, size) > width) return best;
    best = s;
  }
}
// Texts that stand together, each cut; those that would be alike have the number of their place.
function cuts(texts, width, size) {
  const all = texts.map(t => cut(t, width, size));
  const alike = n => all.some((t, other) => t === all[n] && texts[other] !== texts[n]);
  return all.map((t, n) => alike(n) ? cut(texts[n], width - textWidth(` (${n + 1})`, size), size) + ` (${n + 1})` : t);
}
const titles = (list, width, size) => cuts(list.map(i => POLICIES[i].title), width, size);
function yAxis(y, left, right, count) {
  const { ticks, d } = y.ticks(count || 4);
  return ticks.map(t => line(left, y(t), right, y(t), Math.abs(t) < 1e-12 ? 'zero' : 'grid', 'stroke-width="1"') +
    text(left - 5, y(t) + 4, 'end', 'tick', fmt(t, d), 11)).join('');
}
function xAxis(x, top, bottom, count) {
  const { ticks, d } = x.ticks(count);
  return ticks.map(t => line(x(t), top, x(t), bottom, Math.abs(t) < 1e-12 ? 'zero' : 'grid', 'stroke-width="1"') +
    text(x(t), bottom + 15, 'middle', 'tick', fmt(t, d), 11)).join('');
}
function yearAxis(x, bottom, room) {
  const fits = Math.max(1, Math.floor(room / 42)), n = YEARS.length;
  const apart = [1, 2, 5, 10, 20, 50].find(a => n / a <= fits) || 100;
  let s = '';
  for (let i = n - 1; i >= 0; i -= apart) s += text(x(YEARS[i]), bottom + 15, 'middle', 'tick', YEARS[i], 11);
  return s;
}
const stroke = (i, width) => `fill="none" stroke="${POLICIES[i].colour}" stroke-width="${width}"` +
  (POLICIES[i].dash ? ` stroke-dasharray="${POLICIES[i].dash}"` : '');
// Of a figure the middle 90 % of replications and the Monte Carlo error of its mean, as lines of a tip.
function spread(f, show, p05, p95) {
  const d = Math.min(1, places(Math.max(Math.abs(f[0]), known(f[p05]) ? (f[p95] - f[p05]) / 2 : 0)));
  return (known(f[p05]) ? `\n${T.middle_90}: ${range(f[p05], f[p95], show, d)}` : '') +
    `\n${T.interval_95}: ${known(f[1]) ? range(f[1], f[2], show, d) : T.too_few}`;
}
// A mark that shows its text under the pointer and when it has the focus.
const mark = (tip, inner) => `<g class="mark" data-tip="${esc(tip)}">${inner}</g>`;
const charts = {};
