// What parts of a plan add: Shapley values with intervals, and what is lost without each alone.
charts.attribution = width => {
  const groups = D.parts || [];
  if (!groups.length) return null;
  const wide = width >= 720, names = wide ? 240 : 0, step = wide ? 28 : 44;
  let body = `<rect x="0" y="4" width="12" height="12" fill="#0072B2"/>` + text(18, 14, 'start', '', T.shapley) +
    `<circle class="ink" cx="${px(44 + textWidth(T.shapley, 12))}" cy="10" r="5" fill="none" stroke-width="1.6"/>` + text(56 + textWidth(T.shapley, 12), 14, 'start', '', T.leave_one_out);
  let oy = 34;
  for (const group of groups) {
    body += text(0, oy + 8, 'start', 'head', cut(group.title, width, 13), 13);
    const top = oy + 18, bottom = top + 4 + group.parts.length * step;
    const x = scale([0, ...group.parts.flatMap(p => p.slice(1))], names + 8, width - 62);
    body += xAxis(x, top, bottom, wide ? 6 : 3);
    const labels = cuts(group.parts.map(p => p[0]), wide ? names - 10 : width, 12);
    group.parts.forEach((p, n) => {
      const ry = top + 4 + n * step, cy = wide ? ry + 12 : ry + 26;
      body += text(0, wide ? ry + 16 : ry + 12, 'start', '', labels[n]);
      const tip = `${p[0]}\n${T.shapley}: ${plus(p[1])}` + (known(p[2]) ? ` (${range(p[2], p[3], plus, places(p[1]))})` : '') + (known(p[4]) ? `\n${T.leave_one_out}: ${plus(p[4])}` : '');
      let m = `<rect class="part" x="${px(Math.min(x(0), x(p[1])))}" y="${px(cy - 8)}" width="${px(Math.abs(x(p[1]) - x(0)))}" height="16" fill="#0072B2"/>`;
      if (known(p[2]) && known(p[3])) m += line(x(p[2]), cy, x(p[3]), cy, 'ink', 'stroke-width="2"');
      if (known(p[4])) m += `<circle class="ink" cx="${px(x(p[4]))}" cy="${px(cy)}" r="5" fill="none" stroke-width="1.6"/>`;
      body += mark(tip, m) + text(width, cy + 4, 'end', 'tick', plus(p[1]), 11);
    });
    oy = bottom + 36;
  }
  const table = { head: ['group', 'part', 'shapley', 'ci_low', 'ci_high', 'leave_one_out'], rows: groups.flatMap(g => g.parts.map(p => [g.title, ...p])) };
  return { body, width, height: oy, title: T.attribution, table };
};
