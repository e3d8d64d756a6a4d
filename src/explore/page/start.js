// Puts it together: what happens when something changed, when something was computed, and when the page opens.

// What the next frame draws: what was asked for since the last.
let due = null;
// Draws once a frame, however much happened in it.
function redraw({ controls = true, plots = true } = {}) {
  if (!due) requestAnimationFrame(() => {
    const now = due;
    due = null;
    if (now.controls) drawControls();
    drawResults(now.plots);
    if (!dragging) keepFragmentSoon();
  });
  due = { controls: controls || due?.controls, plots: plots || due?.plots };
}
function drawResults(plots = true) {
  const spoken = drawAnswer(), found = shownSummary();
  drawProblems();
  drawWarnings();
  if (plots) {
    // All that is measured is measured before anything is drawn, as each drawing moves what stands below it.
    const bands = bandFigures(), sizes = [...bands.map(plotOf), byId('jobs-plot'), byId('money-plot')].map(plot => ({ width: plot.clientWidth, height: plot.clientHeight }));
    drawBands(bands, sizes);
    if (found) { drawJobs(found, sizes.at(-2)); drawMoney(found, sizes.at(-1)); }
    drawPins();
  }
  announce(spoken);
}
let announcing = 0, announced = '';
// Says the answer once it rests, and not again while it only sharpens in the same words.
function announce(text) {
  clearTimeout(announcing);
  const refused = entryOf(current()).refused, calmNow = !dragging && (refused || (summaryOf(current())?.n ?? 0) >= (STAGES[1] ?? STAGES[0]));
  if (!calmNow) return;
  announcing = setTimeout(() => {
    const now = refused ? `${say('refused')} ${refused.problems.map(p => p.message).join('; ') || refused.text}` : text;
    if (now !== announced) byId('spoken').textContent = announced = now;
  }, 700);
}
function changed(isLive) {
  dragging = isLive;
  byId('message').hidden = true;
  // What is not computed yet has no drawing: the last one stays. What is refused never has one, and pins still come and go.
  redraw({ plots: !isStale() || !lastShown || Boolean(entryOf(current()).refused) });
  want();
}
function arrived(entry) {
  // While something is dragged, the last that is ready is shown.
  if (dragging && entry !== entryOf(current()) && !entry.refused) {
    const found = summaryOf(entry.of);
    if (found) lastShown = { key: entry.key, summary: found };
  }
  redraw({ controls: Boolean(entry.refused || entry.warnings?.length) });
}
function progressed(entry) { if (entry === entryOf(current())) drawProgress(entry, shownSummary()); }
function unableToRun() {
  // Of main results alone something is computed beforehand.
  if (!isMain(view.metric)) view.metric = D.metrics.find(m => isMain(m.id)).id;
  builtFor = '';
  byId('unable').hidden = false;
  byId('unable').replaceChildren(element('b', { text: say(unable.text, { why: unable.why }) }), ` ${say('unable_note', { count: D.precomputed.replications })}`);
  document.body.classList.add('unable');
  for (const id of ['see', 'adding', 'future']) byId(id).disabled = true;
  redraw();
}
function message(text) {
  byId('message').hidden = false;
  byId('message').textContent = text;
}
// Takes the state of the address, if there is one; returns whether it did.
function readAddress() {
  const fragment = location.hash.slice(1);
  if (!fragment || fragment === written) return false;
  try {
    const found = readFragment(fragment);
    if (found.language) language = found.language;
    Object.assign(view, { metric: found.metric, place: found.place });
    Object.assign(history, { past: history.present ? [...history.past, history.present] : [], future: [], before: null, present: found.state });
    if (found.warning) message(found.warning);
    return true;
  } catch (error) {
    message(say('link_refused', { why: typeof error === 'string' ? error : say('link_broken') }));
    return false;
  }
}
function speak(tag) {
  language = tag;
  builtFor = '';
  sayAll();
  byId('language').replaceChildren(...D.languages.map(l => element('button', { type: 'button', lang: l, 'aria-pressed': String(l === language), text: { en: 'English', ko: '한국어' }[l] ?? l, onclick: () => { speak(l); byId('language').querySelector(`[lang="${l}"]`).focus(); } })));
  byId('terms').replaceChildren(...D.terms.flatMap(term => [element('dt', { text: title(term.name) }), element('dd', { text: title(term.meaning) })]));
  if (unable) unableToRun();
  redraw();
}
// Unpacks what the file carries, and shows the first figures before any engine runs.
async function start() {
  D = await unpacked('data').json();
  language = D.language;
  readBase();
  const first = D.policies.find(p => p.name === D.scenario.first) ?? D.policies.find(p => p.name === 'full-plan') ?? D.policies.find(p => p.name !== D.scenario.baseline) ?? D.policies[0];
  view.metric = D.metrics.some(m => m.id === 'jobs') ? 'jobs' : D.metrics[0].id;
  history.present = { choice: choice(first.name), pins: [] };
  readAddress();
  // One part stands open, so that there is something to move at once.
  const part = leversOf(current()).find(it => !it.alsoInBaseline);
  if (part) opened.add(part.package);
  listenToControls();
  listenToReplay();
  listenToShare();
  byId('pin').addEventListener('click', pin);
  byId('still').hidden = true;
  byId('app').hidden = false;
  byId('program').textContent = D.program;
  speak(language);
  addEventListener('hashchange', () => { if (readAddress()) { speak(language); changed(false); } });
  addEventListener('pagehide', keepFragment);
  let width = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; redraw(); } });
  matchMedia('print').addEventListener('change', () => drawResults());
  // On paper nothing can be opened.
  const list = document.querySelector('.diff details');
  addEventListener('beforeprint', () => { list.open = true; keepFragment(); drawResults(); });
  addEventListener('afterprint', () => { list.open = false; drawResults(); });
  requestAnimationFrame(() => setTimeout(begin, 0));
}
start();
