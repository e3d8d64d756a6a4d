// Jobs of the last year against the baseline: for all listed policies the middle 90 % of replications as
// a bar, the mean as a dot and its Monte Carlo error as thin marks.
charts.forest = width => {
  const last = YEARS.length - 1, city = D.series.find(s => s.metric === 'jobs' && s.place === 'city');
  const list = [['district', T.place_district], ['city', T.place_city]]
    .map(([p, t]) => [D.series.find(s => s.metric === 'jobs' && s.place === p), t]).filter(p => p[0]);
  if (!list.length) return null;
  const effect = i => { const d = (city || list[0][0]).difference[i]; return d ? d[last][0] : 0; };
  const all = LISTED.filter(i => i !== D.baseline).sort((a, b) => effect(b) - effect(a));
  const wide = width >= 720, names = wide ? 240 : 0, step = wide ? 24 : 38;
  const panel = wide ? (width - names) / list.length : width, rows = all.length * step;
  let body = '';
  const labels = titles(all, wide ? names - 10 : width, 12);
  if (wide) labels.forEach((t, n) => { body += text(0, 44 + n * step, 'start', '', t); });
  list.forEach(([series, title], number) => {
    const from = wide ? names + number * panel : 0, oy = wide ? 0 : number * (rows + 64), right = from + panel - 6;
    const figure = i => series.difference[i] ? series.difference[i][last] : null;
    const x = scale([0, ...all.flatMap(i => figure(i) ? figure(i).slice(0, 5) : [])], from + 12, right - 62);
    body += text(from, oy + 13, 'start', 'head', title, 13);
    const bottom = oy + 28 + rows;
    body += xAxis(x, oy + 22, bottom, 3);
    all.forEach((i, n) => {
      const f = figure(i), cy = oy + (wide ? 40 : 50) + n * step;
      if (!wide) body += text(0, cy - 13, 'start', '', labels[n]);
      if (!f) return;
      const d = places(Math.max(Math.abs(f[0]), known(f[DIFF.p05]) ? (f[DIFF.p95] - f[DIFF.p05]) / 2 : 0));
      const c = POLICIES[i].colour;
      const tip = `${POLICIES[i].title}\n${title}: ${plus(f[0], Math.min(d, 1))}` + spread(f, plus, DIFF.p05, DIFF.p95) + (known(f[DIFF.higher]) ? `\n${T.decision_higher}: ${fmt(f[DIFF.higher], 2)}` : '');
      let p = known(f[DIFF.p05]) ? `<line class="middle" x1="${px(x(f[DIFF.p05]))}" x2="${px(x(f[DIFF.p95]))}" y1="${cy}" y2="${cy}" stroke="${c}" stroke-width="8" stroke-opacity="0.45"/>` : '';
      if (known(f[1])) for (const end of [f[1], f[2]]) p += line(x(end), cy - 7, x(end), cy + 7, 'ink', 'stroke-width="1.2"');
      p += `<rect x="${px(from)}" y="${cy - step / 2}" width="${px(panel)}" height="${step}" fill="transparent"/><circle cx="${px(x(f[0]))}" cy="${cy}" r="3.2" fill="${c}"/>`;
      body += mark(tip, p) + text(right, cy + 4, 'end', 'tick', plus(f[0], Math.min(d, 1)), 11);
    });
  });
  const height = wide ? 46 + rows : list.length * (rows + 64) - 10;
  const table = {
    head: ['policy', 'place', 'metric', 'year', 'difference', 'ci_low', 'ci_high', 'p05', 'p95', 'probability_higher'],
    rows: list.flatMap(([s]) => all.filter(i => s.difference[i]).map(i => [POLICIES[i].name, s.place, s.metric, YEARS[last], ...s.difference[i][last]])),
  };
  return { body, width, height, title: T.forest.replace('{year}', YEARS[last]), table };
};
