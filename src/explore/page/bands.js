// The difference to the baseline by year: its mean and the middle 90 %, one place beside the other on one scale.

const PINNED = [['var(--pin-a)', '7 3'], ['var(--pin-b)', '2 3'], ['var(--pin-c)', '9 3 2 3']], LETTERS = ['A', 'B', 'C'];
let axis = null, axisOf = '';
const bandYear = new Map();

const yearsOf = () => { const [first, last] = D.scenario.years; return Array.from({ length: last - first + 1 }, (_, n) => first + n); };
const metricOf = () => D.metrics.find(m => m.id === view.metric) ?? D.metrics[0];
// An area, or a facility by the name of its lever.
function placeTitle(id) {
  const place = D.places.find(p => p.id === id), lever = place ? null : D.policies.flatMap(p => p.levers).find(l => l.name === id);
  return place ? title(place.title) : lever ? leverTitle(lever) : id;
}
// The places beside each other: the whole city, and what is chosen.
const placesOf = () => metricOf().places.filter(place => seriesIds().includes(`${view.metric}@${place}`));
const shownPlaces = () => [...new Set(['city', view.place])].filter(place => placesOf().includes(place));

// What stands in both charts: the choice, what is pinned, and the policy as shipped where it was changed.
function linesShown() {
  const shown = [{ kind: 'main', of: current(), summary: shownSummary() }];
  pins().forEach((pin, n) => shown.push({ kind: 'pin', n, of: pin, summary: summaryOf(pin) }));
  if (!asShipped(current())) { const origin = choice(current().policy); shown.push({ kind: 'origin', of: origin, summary: summaryOf(origin) }); }
  return shown.filter(line => line.summary);
}
const plotOf = figure => figure.querySelector('.plot');
// A figure for each place, with its heading.
function bandFigures() {
  const holder = byId('bands'), where = shownPlaces();
  // The element stays, so that focus and pointer do too.
  for (let n = holder.children.length; n < where.length; n += 1) holder.append(bandFigure());
  while (holder.children.length > where.length) holder.lastChild.remove();
  holder.classList.toggle('single', where.length === 1);
  byId('legend').textContent = say('legend') + (where.length > 1 ? ` ${say('legend_scale')}` : '');
  where.forEach((place, n) => { holder.children[n].querySelector('h2').textContent = headingOf(place); });
  return [...holder.children];
}
const headingOf = place => {
  const { name } = unitOf(metricOf().unit);
  return `${title(metricOf().title)}, ${placeTitle(place)}${name ? ` (${name})` : ''}`;
};
function drawBands(figures, sizes) {
  const shown = linesShown(), where = shownPlaces(), { divisor } = unitOf(metricOf().unit);
  const values = shown.flatMap(line => where.flatMap(place => (line.summary.series[`${view.metric}@${place}`] ?? [])
    .flatMap(year => line.kind === 'main' ? [year.p05, year.p95, year.mean] : [year.mean]))).filter(known).map(v => v / divisor);
  if (axisOf !== `${view.metric} ${view.place} ${language}`) axis = null;
  axisOf = `${view.metric} ${view.place} ${language}`;
  axis = steady(axis, Math.min(0, ...values), Math.max(0, ...values));
  where.forEach((place, n) => drawBand(figures[n], place, shown, sizes[n]));
}
function bandFigure() {
  const plot = element('div', { class: 'plot', tabindex: '0', role: 'img' });
  const figure = element('figure', {}, element('h2'), plot);
  plot.addEventListener('pointermove', e => {
    const { left, right } = plot.frame, box = plot.getBoundingClientRect(), years = yearsOf();
    tellYear(figure, Math.max(0, Math.min(years.length - 1, Math.round((e.clientX - box.left - left) / (right - left) * (years.length - 1)))), e.clientX, e.clientY);
  });
  const leave = () => { bandYear.delete(figure); hideTip(); figure.querySelector('[data-cursor]')?.remove(); };
  plot.addEventListener('pointerleave', leave);
  plot.addEventListener('blur', leave);
  plot.addEventListener('keydown', e => {
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[e.key], last = yearsOf().length - 1;
    if (e.key === 'Escape') return leave();
    if (!by) return;
    e.preventDefault();
    const next = (bandYear.get(figure) ?? (by > 0 && by !== Infinity ? -1 : last + 1)) + by;
    tellYear(figure, Math.max(0, Math.min(last, next)));
  });
  return figure;
}
function drawBand(figure, place, shown, size) {
  const plot = plotOf(figure), years = yearsOf(), last = years.length - 1, { divisor } = unitOf(metricOf().unit), heading = headingOf(place);
  const width = Math.max(240, size.width), height = Math.max(170, Math.min(480, size.height || 230));
  const { pace, found } = ticks(axis.low, axis.high, height > 240 ? 6 : 5), decimals = decimalsOf(pace);
  const texts = found.map(v => signed(v, decimals)), left = 14 + 7.2 * Math.max(...texts.map(t => t.length)), right = width - 12, top = 16, bottom = height - 22;
  const x = n => left + (right - left) * n / Math.max(1, last), y = v => bottom - (bottom - top) * (v - axis.low) / (axis.high - axis.low || 1);
  plot.frame = { left, right, top, bottom, x };
  plot.place = place;
  const svg = shape('svg', { class: 'drawing', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' });
  found.forEach((v, n) => svg.append(
    shape('line', { class: Math.abs(v) < pace / 1e6 ? 'zero' : 'grid', x1: left, x2: right, y1: at(y(v)), y2: at(y(v)) }),
    label(left - 6, at(y(v)) + 4, texts[n], { class: 'tick', 'text-anchor': 'end' })));
  const every = (right - left) / years.length > 16 ? 4 : (right - left) / years.length > 9 ? 6 : 11;
  years.forEach((year, n) => { if ((last - n) % every === 0) svg.append(label(at(x(n)), height - 5, year, { class: 'tick', 'text-anchor': n === last ? 'end' : 'middle' })); });
  const vantage = Number(D.scenario.vantage.slice(0, 4)) - years[0];
  if (vantage > 0 && vantage < last) {
    svg.append(shape('line', { class: 'vantage', x1: at(x(vantage)), x2: at(x(vantage)), y1: top - 6, y2: bottom }), label(at(x(vantage)) + 4, top + 2, say('vantage'), { class: 'tick' }));
  }
  // The choice is drawn last, above the others.
  for (const line of [...shown].reverse()) {
    const series = line.summary.series[`${view.metric}@${place}`];
    if (!series) continue;
    const points = key => series.map((year, n) => known(year[key]) ? [x(n), y(year[key] / divisor)] : null).filter(Boolean);
    const drawn = { d: path(points('mean')), fill: 'none', 'stroke-linejoin': 'round' };
    if (line.kind === 'main') {
      svg.append(shape('path', { class: 'band', d: `${path(points('p95'))}${path(points('p05').reverse()).replace('M', 'L')}Z` }), shape('path', { class: 'mean', ...drawn }));
      const end = series[last];
      if (known(end.mean)) svg.append(shape('circle', { class: 'end', cx: at(x(last)), cy: at(y(end.mean / divisor)), r: 4 }));
    } else if (line.kind === 'pin') {
      const [colour, dash] = PINNED[line.n];
      const made = shape('path', { class: 'pin', ...drawn, 'stroke-dasharray': dash });
      made.style.setProperty('--pin', colour);
      const mark = label(at(x(last)) - 6 - 14 * line.n, at(y(series[last].mean / divisor)) - 5, LETTERS[line.n], { class: 'letter', 'text-anchor': 'end' });
      mark.style.setProperty('--pin', colour);
      svg.append(made, mark);
    } else svg.append(shape('path', { class: 'origin', ...drawn }));
  }
  plot.replaceChildren(svg);
  plot.setAttribute('aria-label', `${heading}. ${bandInWords(shown, place)} ${say('chart_keys')}`);
  if (bandYear.has(figure)) tellYear(figure, bandYear.get(figure));
}
function bandInWords(shown, place) {
  const years = yearsOf(), [main] = shown, series = main?.summary.series[`${view.metric}@${place}`];
  if (!series) return '';
  const { unit } = metricOf(), end = series[years.length - 1];
  return say('chart_alt', { year: years.at(-1), mean: amount(end.mean, unit), middle: rangeOf(end, unit), first: years[0] });
}
function rangeOf(figure, unit) {
  const { divisor } = unitOf(unit);
  if (!known(figure.p05)) return '–';
  const [low, high] = [figure.p05 / divisor, figure.p95 / divisor];
  return interval(low, high, places(Math.max(Math.abs(figure.mean / divisor), (high - low) / 20)));
}
function tellYear(figure, n, x, y) {
  bandYear.set(figure, n);
  const plot = figure.querySelector('.plot'), svg = plot.querySelector('svg'), { x: across, top, bottom } = plot.frame, { unit } = metricOf();
  svg.querySelector('[data-cursor]')?.remove();
  svg.append(shape('line', { class: 'cursor', 'data-cursor': '', x1: at(across(n)), x2: at(across(n)), y1: top, y2: bottom }));
  const lines = linesShown().map(line => {
    const year = line.summary.series[`${view.metric}@${plot.place}`]?.[n];
    if (!year) return null;
    const who = line.kind === 'pin' ? `${LETTERS[line.n]}  ` : line.kind === 'origin' ? `${say('as_shipped')}  ` : '';
    return `${who}${amount(year.mean, unit)}${line.kind === 'main' ? `  (${say('middle_90')}: ${rangeOf(year, unit)})` : ''}`;
  }).filter(Boolean);
  const box = plot.getBoundingClientRect();
  showTip([`${yearsOf()[n]}, ${placeTitle(plot.place)}`, ...lines].join('\n'), x ?? box.left + across(n), y ?? box.top + top + 20);
}
function showTip(text, x, y) {
  const tip = byId('tip');
  tip.textContent = text;
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(6, Math.min(x + 14, innerWidth - box.width - 6))}px`;
  tip.style.top = `${Math.max(6, y + 18 + box.height > innerHeight ? y - box.height - 12 : y + 18)}px`;
}
function hideTip() { byId('tip').hidden = true; }
