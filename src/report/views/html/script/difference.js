// Differences from the baseline: a line a policy, bands of the one in focus.
charts.difference = width => {
  const series = D.series[state.difference];
  if (!series) return null;
  const on = compared().filter(i => series.difference[i]);
  const wide = width >= 720, side = wide ? 230 : 0, plot = wide ? 420 : 300;
  const left = 58, right = width - (wide ? side : 18), top = 10, bottom = plot - 22, k = series.divisor;
  const focus = on.includes(state.focus) ? state.focus : -1;
  const values = on.flatMap(i => series.difference[i].map(f => f[DIFF.mean]));
  if (focus >= 0) values.push(...series.difference[focus].flatMap(f => [f[DIFF.p05], f[DIFF.p95]]));
  const y = scale([0, ...values].map(v => known(v) ? v / k : null), bottom, top);
  const x = yearScale(left, right), at = v => known(v) ? y(v / k) : null;
  let body = yAxis(y, left, right) + yearAxis(x, bottom, right - left);
  const band = (a, b, o) => `<path class="band" d="${bandPath(series.difference[focus].map((f, n) => [x(YEARS[n]), at(f[a]), at(f[b])]))}" fill="${POLICIES[focus].colour}" fill-opacity="${o}"/>`;
  if (focus >= 0) body += band(DIFF.p05, DIFF.p95, 0.22) + band(DIFF.low, DIFF.high, 0.5);
  for (const i of on) {
    body += `<path class="series" data-policy="${esc(POLICIES[i].name)}" d="${linePath(series.difference[i].map((f, n) => [x(YEARS[n]), at(f[DIFF.mean])]))}" ${stroke(i, i === focus ? 3.2 : 1.9)}/>`;
  }
  let height = plot;
  if (wide) {
    const ends = on.map(i => [at(series.difference[i][YEARS.length - 1][DIFF.mean]), i]).filter(e => known(e[0])).sort((a, b) => a[0] - b[0]);
    const labels = titles(ends.map(e => e[1]), side - 22, 12);
    const spots = apart(ends.map(e => e[0]), 15, plot - 14);
    height = Math.max(plot, (spots[spots.length - 1] || 0) + 12);
    ends.forEach(([e, i], n) => {
      body += `<path d="${linePath([[right + 2, e], [right + 14, spots[n]]])}" fill="none" stroke="${POLICIES[i].colour}"/>` +
        text(right + 18, spots[n] + 4, 'start', i === focus ? 'head' : '', labels[n]);
    });
  } else {
    const labels = titles(on, width - 46, 12);
    on.forEach((i, n) => {
      const ly = plot + 14 + n * 19;
      body += `<line x1="4" x2="34" y1="${ly - 4}" y2="${ly - 4}" ${stroke(i, 2.4)}/>` + text(42, ly, 'start', '', labels[n]);
    });
    height = plot + 14 + on.length * 19;
  }
  const tip = n => {
    const rows = on.map(i => [series.difference[i][n], i]).filter(r => known(r[0][0])).sort((a, b) => b[0][0] - a[0][0]);
    return `${YEARS[n]}, ${series.title}\n` + rows.slice(0, 12).map(([f, i]) => `${plus(f[0] / k)}  ${POLICIES[i].title}` +
      (i === focus && known(f[DIFF.p05]) ? ` (${T.middle_90}: ${range(f[DIFF.p05] / k, f[DIFF.p95] / k, plus, places(f[0] / k))})` : '')).join('\n');
  };
  return {
    body, width, height, title: `${T.difference}: ${series.title}`,
    frames: [{ x0: left, x1: right, y0: 0, y1: plot, top, bottom, tip }],
    table: yearTable(series, on, series.difference, ['difference', 'ci_low', 'ci_high', 'p05', 'p95', 'probability_higher']),
  };
};
// Rising places moved to be a gap apart, none beyond the most as long as there is room.
function apart(list, gap, most) {
  for (let n = 1; n < list.length; n++) list[n] = Math.max(list[n], list[n - 1] + gap);
  if (list.length * gap > most) return list;
  for (let n = list.length - 1, limit = most; n >= 0; n--) { list[n] = Math.min(list[n], limit); limit = list[n] - gap; }
  return list;
}
