// What is additional: a stacked bar a policy, gains to the right of zero, losses to the left.
charts.additionality = width => {
  const on = compared().filter(i => D.terms.some(t => t.values[i]));
  const wide = width >= 720, names = wide ? 240 : 0, step = wide ? 34 : 52;
  const parts = D.terms.filter(t => t.colour), net = D.terms.find(t => t.term === 'net_city');
  const after = D.terms.find(t => t.term === 'net_city_after_displacement');
  let lx = 0, ly = 14, legend = '';
  for (const t of [...parts, net, after]) {
    const w = 22 + textWidth(t.name, 12) + 16;
    if (lx + w > width) { lx = 0; ly += 20; }
    legend += (t.colour ? `<rect x="${px(lx)}" y="${ly - 10}" width="12" height="12" fill="${t.colour}"/>` : t === after ? ring(lx + 6, ly - 4) : diamond(lx + 6, ly - 4)) + text(lx + 18, ly, 'start', '', t.name);
    lx += w;
  }
  const bars = on.map(i => {
    let left = 0, right = 0;
    return parts.flatMap(t => {
      if (!t.values[i]) return [];
      const v = t.term === 'lost' || t.term === 'displaced' ? -t.values[i][0] : t.values[i][0];
      const from = v < 0 ? left : right;
      if (v < 0) left += v; else right += v;
      return [{ t, from, to: from + v, f: t.values[i] }];
    });
  });
  const top = ly + 14, bottom = top + 6 + on.length * step;
  const x = scale([0, ...bars.flat().flatMap(b => [b.from, b.to]), ...on.flatMap(i => [net, after].map(t => t.values[i] ? t.values[i][0] : null))], names + 8, width - 62);
  let body = legend + xAxis(x, top, bottom, wide ? 6 : 3);
  const labels = titles(on, wide ? names - 10 : width, 12);
  on.forEach((i, n) => {
    const oy = top + 6 + n * step, by = wide ? oy : oy + 18;
    body += text(0, wide ? oy + 17 : oy + 12, 'start', '', labels[n]);
    for (const b of bars[n]) {
      const a = x(Math.min(b.from, b.to)), e = x(Math.max(b.from, b.to));
      const tip = `${POLICIES[i].title}\n${b.t.name}: ${fmt(b.f[0])}` + spread(b.f, fmt, 3, 4);
      body += mark(tip, `<rect class="part" x="${px(a)}" y="${by}" width="${px(e - a)}" height="24" fill="${b.t.colour}"/>`);
    }
    const v = net.values[i];
    if (v) {
      const tip = `${POLICIES[i].title}\n${net.name}: ${plus(v[0])}` + spread(v, plus, 3, 4);
      const a = after.values[i];
      if (a) body += mark(`${POLICIES[i].title}\n${after.name}: ${plus(a[0])}` + spread(a, plus, 3, 4), ring(x(a[0]), by + 12));
      body += mark(tip, diamond(x(v[0]), by + 12)) + text(width, by + 16, 'end', 'tick', plus(v[0]), 11);
    }
  });
  const table = { head: ['policy', 'term', 'mean', 'ci_low', 'ci_high', 'p05', 'p95'], rows: on.flatMap(i => D.terms.filter(t => t.values[i]).map(t => [POLICIES[i].name, t.term, ...t.values[i]])) };
  return { body, width, height: bottom + 22, title: T.additionality, table };
};
const diamond = (x, y) => `<path class="ground ink" d="M${px(x)} ${px(y - 7)}l6 7l-6 7l-6 -7Z" stroke-width="1.6"/>`;
const ring = (x, y) => `<circle class="ground ink" cx="${px(x)}" cy="${px(y)}" r="5" stroke-width="1.6"/>`;
