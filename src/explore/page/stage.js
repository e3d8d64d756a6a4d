// The stage of a replay: where each firm's dot lies on the district's areas, and how a panel is painted.

// Boxes of the areas in a panel: those of the district above, the rest of the city below, each as large as the firms
// that it ever holds ask for.
function layOut(replay, width, height) {
  const inside = replay.areas.map((_, n) => n).filter(n => replay.areas[n] !== 'elsewhere'), rest = replay.areas.map((_, n) => n).filter(n => !inside.includes(n));
  const crowd = replay.areas.map((_, n) => replay.firms.filter(f => f.worlds.some(w => w?.areas.includes(n))).length || 1);
  const total = list => list.reduce((all, n) => all + Math.sqrt(crowd[n]), 0);
  const share = rest.length ? Math.max(0.34, Math.min(0.6, total(inside) / (total(inside) + total(rest)))) : 1, gap = 8;
  const boxes = [];
  const row = (list, top, tall) => {
    let left = 0;
    for (const n of list) {
      const wide = (width - gap * (list.length - 1)) * Math.max(0.3 / list.length, Math.sqrt(crowd[n]) / total(list));
      boxes[n] = { left, top, width: wide, height: tall };
      left += wide + gap;
    }
    const over = (left - gap) / width;
    for (const n of list) { boxes[n].left /= over; boxes[n].width /= over; }
  };
  row(inside, 0, height * share - gap / 2);
  row(rest, height * share + gap / 2, height * (1 - share) - gap / 2);
  return { boxes, slots: replay.areas.map((_, n) => slotsOf(replay, n, boxes[n])) };
}
// A place in the area for each firm that is ever there, the same in both panels, mixed by the firms' order.
function slotsOf(replay, area, box) {
  const head = 34, there = replay.firms.map((_, n) => n).filter(n => replay.firms[n].worlds.some(w => w?.areas.includes(area)));
  const room = { width: box.width - 12, height: Math.max(10, box.height - head - 6) }, size = Math.min(26, Math.sqrt(room.width * room.height / Math.max(1, there.length)) * 0.96);
  const across = Math.max(1, Math.floor(room.width / size)), down = Math.max(1, Math.ceil(there.length / across)), tall = Math.min(size, room.height / down);
  const found = new Map(), count = across * down;
  // A step that shares no divisor with the number of places meets each once.
  let pace = Math.floor(count * 0.618) || 1;
  const divisor = (a, b) => b ? divisor(b, a % b) : a;
  while (divisor(pace, count) > 1) pace += 1;
  there.forEach((firm, n) => {
    const place = n * pace % count;
    found.set(firm, { x: box.left + 6 + (place % across + 0.5) * (room.width / across), y: box.top + head + (Math.floor(place / across) + 0.5) * tall });
  });
  return found;
}

// How a firm stands to its twin in a year: 'same', 'moved' (the twin is elsewhere), 'only' (there is no twin).
function against(firm, world, n) {
  const own = firm.worlds[world], twin = firm.worlds[1 - world];
  if (!twin || twin.areas[n] < 0) return 'only';
  return twin.areas[n] === own.areas[n] ? 'same' : 'moved';
}
const radius = (jobs, plan) => Math.max(1.2, Math.min(plan.size, Math.sqrt(jobs) * 0.9 * plan.scale));

// Paints one panel at a time between years: `when` = 3.4 is a bit after the fourth year.
function paint(canvas, replay, plan, world, when, chosen, still) {
  const ratio = devicePixelRatio || 1, context = canvas.getContext('2d'), looks = getComputedStyle(document.documentElement), colour = name => looks.getPropertyValue(name).trim();
  const { width, height } = plan;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) { canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio); canvas.style.height = `${height}px`; }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const n = Math.min(replay.years.length - 1, Math.floor(when + 1e-6)), part = still ? 0 : when - n, next = Math.min(replay.years.length - 1, n + 1);
  const ease = part < 0.35 ? 0 : (part - 0.35) / 0.65, smooth = ease * ease * (3 - 2 * ease), hues = { same: colour('--dot'), moved: colour('--moved'), only: colour('--only') };
  context.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  plan.boxes.forEach((box, area) => {
    context.fillStyle = colour('--panel');
    context.fillRect(box.left, box.top, box.width, box.height);
    const count = countOf(replay, world, n, area), name = areaTitle(replay.areas[area]);
    context.fillStyle = colour('--ink');
    context.fillText(clipped(context, name, box.width - 14), box.left + 7, box.top + 15);
    context.fillStyle = colour('--soft');
    context.fillText(box.width < 110 ? number(count.firms, 0) : clipped(context, say('area_count', { firms: number(count.firms, 0), jobs: number(count.jobs, 0) }), box.width - 14), box.left + 7, box.top + 29);
  });
  const dots = [];
  for (const kind of ['same', 'moved', 'only']) {
    replay.firms.forEach((firm, index) => {
      const own = firm.worlds[world];
      if (!own) return;
      const here = own.areas[n], then = own.areas[next];
      if (here < 0 && (then < 0 || smooth === 0)) return;
      const shownYear = here < 0 ? next : n;
      if (against(firm, world, shownYear) !== kind) return;
      const from = plan.slots[here < 0 ? then : here].get(index), to = plan.slots[then < 0 ? here : then].get(index);
      const x = from.x + (to.x - from.x) * smooth, y = from.y + (to.y - from.y) * smooth;
      const r = (here < 0 ? 0 : radius(own.jobs[n], plan)) * (1 - smooth) + (then < 0 ? 0 : radius(own.jobs[next], plan)) * smooth;
      if (r < 0.3) return;
      context.globalAlpha = kind === 'same' ? 0.55 : 0.9;
      context.fillStyle = hues[kind];
      context.beginPath();
      context.arc(x, y, r, 0, 7);
      context.fill();
      context.globalAlpha = 1;
      if (own.tenant[shownYear]) { context.lineWidth = 1; context.strokeStyle = colour('--ink'); context.stroke(); }
      const fails = here >= 0 && (then < 0 && smooth > 0), born = here >= 0 && (n === 0 ? false : own.areas[n - 1] < 0) && part < 0.5;
      if (fails || born) ring(context, x, y, (fails ? radius(own.jobs[n], plan) : r) + (fails ? 6 * smooth : 5 * part), colour(fails ? '--gone' : '--up'), fails ? 1 - smooth : 1 - part * 2);
      if (index === chosen) ring(context, x, y, r + 4, colour('--ink'), 1, 2);
      dots.push({ index, x, y, r });
    });
  }
  return dots;
}
function ring(context, x, y, r, colour, alpha, width = 1.4) {
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.arc(x, y, r, 0, 7);
  context.stroke();
  context.globalAlpha = 1;
}
function clipped(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let short = text;
  while (short.length > 1 && context.measureText(`${short}…`).width > width) short = short.slice(0, -1);
  return `${short}…`;
}
const areaTitle = id => title(D.areas.find(a => a.id === id)?.title ?? D.places.find(p => p.id === id)?.title ?? id);
const counted = new WeakMap();
function countOf(replay, world, n, area) {
  if (!counted.has(replay)) counted.set(replay, new Map());
  const memo = counted.get(replay), key = `${world} ${n} ${area}`;
  if (!memo.has(key)) {
    const there = replay.firms.map(f => f.worlds[world]).filter(w => w && w.areas[n] === area);
    memo.set(key, { firms: there.length, jobs: there.reduce((all, w) => all + w.jobs[n], 0) });
  }
  return memo.get(key);
}
