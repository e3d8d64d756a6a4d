// Fan charts: a panel a policy, on one scale.
charts.fan = width => {
  const series = D.series[state.fan];
  if (!series) return null;
  const on = shown().filter(i => series.yearly[i]);
  const columns = Math.max(1, Math.min(4, Math.floor((width + 18) / 245)));
  const w = (width - 18 * (columns - 1)) / columns, h = Math.min(230, Math.max(170, w * 0.62));
  const left = 50, right = w - 18, top = 28, bottom = h - 22, k = series.divisor;
  const values = on.flatMap(i => series.yearly[i].flatMap(f => [f[STATS.p05], f[STATS.p95], f[STATS.mean]]));
  const seen = on.includes(D.baseline) ? series.observed : [];
  const y = scale([...values, ...seen.flatMap(o => [o[1] - o[2], o[1] + o[2]])].map(v => known(v) ? v / k : null), bottom, top);
  const x = yearScale(left, right), at = v => known(v) ? y(v / k) : null;
  const median = f => known(f[STATS.p50]) ? f[STATS.p50] : f[STATS.mean];
  const curve = i => linePath(series.yearly[i].map((f, n) => [x(YEARS[n]), at(median(f))]));
  const band = (i, a, b, o) => `<path class="band" d="${bandPath(series.yearly[i].map((f, n) => [x(YEARS[n]), at(f[a]), at(f[b])]))}" fill="${POLICIES[i].colour}" fill-opacity="${o}"/>`;
  let body = '';
  const frames = [];
  const labels = titles(on, w, 13);
  on.forEach((i, n) => {
    const ox = (n % columns) * (w + 18), oy = Math.floor(n / columns) * (h + 18);
    let p = text(0, 13, 'start', 'head', labels[n], 13) + yAxis(y, left, right) + yearAxis(x, bottom, right - left);
    p += band(i, STATS.p05, STATS.p95, 0.18) + band(i, STATS.p25, STATS.p75, 0.38);
    if (i !== D.baseline && series.yearly[D.baseline]) p += `<path d="${curve(D.baseline)}" class="zero" fill="none" stroke-width="1.4" stroke-dasharray="4 3"/>`;
    p += `<path class="median" d="${curve(i)}" fill="none" stroke="${POLICIES[i].colour}" stroke-width="2.2"/>`;
    if (i === D.baseline) for (const o of series.observed) {
      p += line(x(o[0]), at(o[1] - o[2]), x(o[0]), at(o[1] + o[2]), 'ink', 'stroke-width="1.4"') +
        `<circle class="ink observed" cx="${px(x(o[0]))}" cy="${px(at(o[1]))}" r="3.4" fill="none" stroke-width="1.6"/>`;
    }
    body += `<g class="panel" data-policy="${esc(POLICIES[i].name)}" transform="translate(${px(ox)} ${px(oy)})">${p}</g>`;
    frames.push({ x0: ox + left, x1: ox + right, y0: oy, y1: oy + h, top: oy + top, bottom: oy + bottom, tip: n => fanTip(series, i, n) });
  });
  const rows = Math.ceil(on.length / columns);
  return {
    body, width, height: Math.max(40, rows * (h + 18) - 18), frames, title: series.title,
    table: yearTable(series, on, series.yearly, ['mean', 'ci_low', 'ci_high', 'p05', 'p25', 'p50', 'p75', 'p95']),
  };
};
function fanTip(series, i, n) {
  const f = series.yearly[i][n].map(v => known(v) ? v / series.divisor : null), d = places(f[0] || 0);
  let tip = `${POLICIES[i].title}, ${YEARS[n]}\n${T.median} ${fmt(f[5], d)}   ${T.mean} ${fmt(f[0], d)} ${series.unit}`;
  if (known(f[3])) tip += `\n${T.middle_50}: ${range(f[4], f[6], fmt, d)}\n${T.middle_90}: ${range(f[3], f[7], fmt, d)}`;
  if (known(f[1])) tip += `\n${T.interval_95}: ${range(f[1], f[2], fmt, d)}`;
  if (i === D.baseline) for (const o of series.observed) if (o[0] === YEARS[n]) {
    tip += `\n${T.observed}: ${fmt(o[1] / series.divisor)} (± ${fmt(o[2] / series.divisor)})`;
  }
  return tip;
}
// Figures by policy and year, as the CSV files have them.
function yearTable(series, on, figures, head) {
  const rows = on.flatMap(i => figures[i] ? figures[i].map((f, n) => [POLICIES[i].name, series.place, series.metric, YEARS[n], ...f.slice(0, head.length)]) : []);
  return { head: ['policy', 'place', 'metric', 'year', ...head], rows };
}
