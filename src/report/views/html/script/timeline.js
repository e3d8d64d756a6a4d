// When the levers of the policy in focus begin, open and end.
charts.timeline = width => {
  const levers = POLICIES[state.focus].levers, wide = width >= 720, names = wide ? 250 : 0, step = wide ? 25 : 42;
  const first = YEARS[0], end = YEARS[YEARS.length - 1] + 1;
  const left = names + 4, right = width - 8, x = scale([first, end], left, right, true), c = POLICIES[state.focus].colour;
  let body = text(0, 13, 'start', 'head', cut(POLICIES[state.focus].title, width, 13), 13);
  const top = 24, bottom = top + Math.max(1, levers.length) * step;
  const apart = (right - left) / (end - first) > 40 ? 1 : (right - left) / (end - first) > 18 ? 2 : 5;
  for (let t = first; t <= end - 1; t += apart) body += line(x(t), top, x(t), bottom, 'grid', 'stroke-width="1"') + text(x(t), bottom + 15, 'middle', 'tick', t, 11);
  if (!levers.length) body += text(0, top + 18, 'start', '', T.timeline_none);
  const called = l => l.title === l.name ? `${l.name} · ${l.kind}` : l.title;
  const labels = cuts(levers.map(called), wide ? names - 8 : width, 12);
  levers.forEach((l, n) => {
    const oy = top + n * step, by = wide ? oy + 4 : oy + 20, colour = l.same ? '#8b949e' : c;
    const clip = v => Math.max(left, Math.min(right, x(v))), open = l.opening || l.from, stop = l.until || end;
    const label = called(l);
    body += text(0, wide ? oy + 17 : oy + 14, 'start', '', labels[n]);
    const date = v => { const d = new Date(Date.UTC(Math.floor(v), 0, 1 + Math.round(v % 1 * 365))); return d.toISOString().slice(0, 7); };
    const tip = `${label}\n${date(l.from)}` + (l.opening ? ` → ${date(l.opening)}` : '') + (l.until ? ` … ${date(l.until)}` : ' …');
    let m = '';
    if (open > l.from) m += `<rect x="${px(clip(l.from))}" y="${by}" width="${px(Math.max(0, clip(open) - clip(l.from)))}" height="15" fill="${colour}" fill-opacity="0.28"/>`;
    if (stop > open) m += `<rect class="lever" x="${px(clip(open))}" y="${by}" width="${px(Math.max(0, clip(stop) - clip(open)))}" height="15" fill="${colour}" fill-opacity="0.85"/>`;
    body += mark(tip, m);
  });
  return {
    body, width, height: bottom + 22, title: `${T.timeline}: ${POLICIES[state.focus].title}`,
    table: { head: ['policy', 'lever', 'kind', 'from', 'opening', 'until'], rows: levers.map(l => [POLICIES[state.focus].name, l.name, l.type, l.from, l.opening, l.until]) },
  };
};
