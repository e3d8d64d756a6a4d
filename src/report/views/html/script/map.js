// A schematic map: the district's areas by their land, facilities by places and tenants, in a year.
// More dots than this could not be told apart.
const MOST_DOTS = 20000;
charts.map = width => {
  const areas = D.map.areas, n = state.year, i = state.focus, at = f => f && f[i] ? f[i][n] : null;
  const wide = width >= 640, inner = areas.filter(a => a.name !== 'elsewhere'), outer = areas.find(a => a.name === 'elsewhere');
  const land = inner.reduce((s, a) => s + a.land, 0) || 1, height = wide ? 500 : 720;
  const pad = 14, head = wide ? 84 : 104, boxW = width - 2 * pad, boxH = height - head - pad;
  let body = `<rect class="land" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" stroke-width="1"/>`;
  body += text(pad, 24, 'start', 'head', outer ? outer.title : T.elsewhere, 14) + facts(outer, pad, 44, wide) + dots(outer, pad, head - 32, boxW, 2);
  let offset = 0;
  const rows = [];
  for (const area of inner) {
    // Never so thin that its text would not fit.
    const share = Math.max(0.34, Math.min(0.66, area.land / land));
    const w = wide ? boxW * share - 8 : boxW, h = wide ? boxH : boxH * (inner.length > 1 ? share : 1) - 8;
    const ox = pad + (wide ? offset : 0), oy = head + (wide ? 0 : offset);
    offset += (wide ? w : h) + 14;
    const on = POLICIES[i].levers.filter(l => l.type === 'designation' && l.area === area.name && inForce(l, n));
    body += `<rect class="ground ${on.length ? '' : 'grid'}" data-area="${esc(area.name)}" x="${px(ox)}" y="${oy}" width="${px(w)}" height="${px(h)}" rx="8" stroke="#0072B2" stroke-width="${on.length ? 4 : 1}"/>`;
    body += text(ox + 12, oy + 24, 'start', 'head', cut(area.title, w - 20, 14), 14) + facts(area, ox + 12, oy + 44, false, w - 20);
    if (on.length) body += text(ox + 12, oy + 82, 'start', 'tick', `◆ ${T.designated}`, 12);
    const here = D.map.facilities.filter(f => f.area === area.name && POLICIES[i].levers.some(l => l.name === f.name));
    const others = POLICIES[i].levers.filter(l => l.type === 'homes' && area === inner[0]);
    const top = oy + 92, columns = Math.max(1, Math.min(here.length, Math.floor(w / 100))), cell = w / columns;
    const lines = Math.ceil(here.length / columns), ch = (h - 92 - 44 - (others.length ? 24 : 0)) / Math.max(1, lines);
    const labels = cuts(here.map(f => f.title), cell - 6, 12);
    here.forEach((f, k) => {
      const lever = POLICIES[i].levers.find(l => l.name === f.name), cx = ox + cell * (k % columns + 0.5), cy = top + ch * Math.floor(k / columns) + ch * 0.42;
      const places = placesIn(lever, n), tenants = at(f.tenants), most = Math.min(cell * 0.42, ch * 0.34);
      const size = v => Math.min(most, Math.sqrt(Math.max(0, v) / 540) * most + (v > 0 ? 3 : 0));
      const tip = `${f.title}, ${YEARS[n]}\n` + (places ? `${T.tenants_word} ${fmt(tenants, 0)} / ${places}` + (known(at(f.jobs)) ? `\n${T.jobs_word} ${fmt(at(f.jobs), 0)}` : '') : T.not_open);
      body += mark(tip, `<circle class="${places ? 'ink' : 'grid'}" cx="${px(cx)}" cy="${px(cy)}" r="${px(Math.max(6, size(places)))}" fill="transparent" stroke-width="1.6" ${places ? '' : 'stroke-dasharray="3 3"'}/>` +
        (known(tenants) && places ? `<circle class="tenants" cx="${px(cx)}" cy="${px(cy)}" r="${px(size(tenants))}" fill="#D55E00" fill-opacity="0.8"/>` : '')) +
        text(cx, cy + Math.max(6, size(places)) + 15, 'middle', '', labels[k]) +
        text(cx, cy + Math.max(6, size(places)) + 30, 'middle', 'tick', places ? `${fmt(tenants, 0)} / ${places}` : T.not_open, 11);
      rows.push([POLICIES[i].name, YEARS[n], f.name, 'tenants', tenants], [POLICIES[i].name, YEARS[n], f.name, 'places', places]);
    });
    body += dots(area, ox + 12, oy + h - 38, w - 24, 4, here);
    others.forEach(l => {
      const open = (l.opening || l.from) < YEARS[n] + 1;
      body += text(ox + 12, oy + h - 52, 'start', 'tick', `${open ? '■' : '□'} ${l.title === l.name ? l.kind : l.title}${open ? '' : ', ' + T.not_open}`, 12);
    });
    for (const m of ['firms', 'jobs', 'occupancy', 'rent']) rows.push([POLICIES[i].name, YEARS[n], area.name, m, at(area[m])]);
  }
  return { body, width, height, title: `${T.map}: ${POLICIES[i].title}, ${YEARS[n]}`, table: { head: ['policy', 'year', 'place', 'metric', 'mean'], rows } };

  // A dot for each ten firms outside facilities.
  function dots(area, x, y, room, lines, here) {
    if (!area) return '';
    const inside = (here || []).reduce((s, f) => s + (at(f.tenants) || 0), 0), count = Math.max(0, Math.min(MOST_DOTS, Math.round((at(area.firms) - inside) / 10)));
    const columns = Math.max(Math.floor(room / 9), Math.ceil(count / lines)), step = room / columns;
    let s = '';
    for (let k = 0; k < count; k++) s += `M${px(x + step * (k % columns) + 3)} ${px(y + 9 * Math.floor(k / columns))}h0`;
    return s && `<path d="${s}" stroke="#0072B2" stroke-opacity="0.7" stroke-width="${px(Math.min(5, step * 0.8))}" stroke-linecap="round" fill="none"/>`;
  }
  function facts(area, x, y, one, room) {
    if (!area) return '';
    const a = [`${T.firms_word} ${fmt(at(area.firms), 0)}`, `${T.jobs_word} ${fmt(at(area.jobs), 0)}`];
    const b = known(at(area.occupancy)) ? [`${T.occupancy_word} ${fmt(at(area.occupancy) * 100, 0)} %`, `${T.rent_word} ${fmt(at(area.rent), 3)}`] : [];
    if (one) return text(x, y, 'start', '', [...a, ...b].join(' · '), 12);
    return text(x, y, 'start', '', cut(a.join(' · '), room || 400, 12), 12) + text(x, y + 18, 'start', '', cut(b.join(' · '), room || 400, 12), 12);
  }
};
// Whether a lever is in force at the end of a year.
const inForce = (l, n) => (l.opening || l.from) < YEARS[n] + 1 && (!l.until || l.until >= YEARS[n] + 1);
function placesIn(l, n) {
  if (!inForce(l, n)) return 0;
  return l.places.reduce((p, [from, value]) => from < YEARS[n] + 1 ? value : p, 0);
}
