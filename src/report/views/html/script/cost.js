// Public cost against net jobs: clouds of the middle 90 % of replications, crosses of the means.
charts.cost = width => {
  const jobs = D.terms.find(t => t.term === 'net_city'), cost = D.money.cost;
  const on = compared().filter(i => cost[i] && jobs.values[i]);
  const height = width >= 720 ? 470 : 380, left = 58, right = width - 32, top = 14, bottom = height - 46;
  const x = scale([0, ...on.flatMap(i => cost[i].filter((v, n) => n !== 1 && n !== 2))], left, right);
  const y = scale([0, ...on.flatMap(i => jobs.values[i].filter((v, n) => n !== 1 && n !== 2))], bottom, top);
  let body = yAxis(y, left, right, 5) + xAxis(x, top, bottom, width >= 720 ? 7 : 3);
  body += text(width - 4, height - 8, 'end', '', cut(`${T.cost_axis} [${D.money.unit}]`, width - 8, 12)) + text(left + 6, top + 12, 'start', '', T.jobs_axis);
  const clouds = [], crosses = [], labels = [];
  for (const i of on) {
    const c = cost[i], j = jobs.values[i], colour = POLICIES[i].colour, cx = x(c[0]), cy = y(j[0]);
    if (known(c[3]) && known(j[3])) clouds.push(`<ellipse class="cloud" cx="${px((x(c[3]) + x(c[4])) / 2)}" cy="${px((y(j[3]) + y(j[4])) / 2)}" rx="${px(Math.max(1.5, (x(c[4]) - x(c[3])) / 2))}" ry="${px(Math.max(1.5, Math.abs(y(j[4]) - y(j[3])) / 2))}" fill="${colour}" fill-opacity="0.15" stroke="${colour}" stroke-opacity="0.5"/>`);
    let p = '';
    if (known(c[1])) p += `M${px(x(c[1]))} ${px(cy)}L${px(x(c[2]))} ${px(cy)}`;
    if (known(j[1])) p += `M${px(cx)} ${px(y(j[1]))}L${px(cx)} ${px(y(j[2]))}`;
        const tip = `${POLICIES[i].title}\n${T.cost_axis}: ${fmt(c[0])} ${D.money.unit}${spread(c, fmt, 3, 4)}\n${T.jobs_axis}: ${plus(j[0])}${spread(j, plus, 3, 4)}`;
    crosses.push(mark(tip, `<circle cx="${px(cx)}" cy="${px(cy)}" r="11" fill="transparent"/>` + (p ? `<path d="${p}" fill="none" stroke="${colour}" stroke-width="2.5"/>` : '') + `<circle class="dot" data-policy="${esc(POLICIES[i].name)}" cx="${px(cx)}" cy="${px(cy)}" r="4.5" fill="${colour}"/>`));
    labels.push([cx, cy, i]);
  }
  body += clouds.join('') + crosses.join('');
  const spots = [];
  labels.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  const names = titles(labels.map(l => l[2]), width >= 720 ? 210 : 130, 12);
  for (const [n, [cx, cy]] of labels.entries()) {
    const t = names[n], w = textWidth(t, 12);
    const lx = cx + 9 + w > width - 4 ? cx - 9 - w : cx + 9;
    let ly = cy + 4;
    const covers = () => spots.some(s => lx < s[1] && lx + w > s[0] && Math.abs(ly - s[2]) < 14);
    while (covers() && ly < bottom + 20) ly += 4;
    if (ly >= bottom + 20) continue;
    spots.push([lx, lx + w, ly]);
    body += text(lx, ly, 'start', '', t);
  }
  const table = { head: ['policy', `cost [${D.money.unit}]`, 'cost_ci_low', 'cost_ci_high', 'cost_p05', 'cost_p95', 'net_jobs', 'jobs_ci_low', 'jobs_ci_high', 'jobs_p05', 'jobs_p95'], rows: on.map(i => [POLICIES[i].name, ...cost[i], ...jobs.values[i]]) };
  return { body, width, height, title: T.cost, table };
};
