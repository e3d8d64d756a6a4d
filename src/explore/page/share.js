// Out of the page again: the address, the policy's file with its command, pictures and figures. Nothing is sent.

function save(blob, name) {
  const link = element('a', { download: name });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
async function copy(field, button) {
  try { await navigator.clipboard.writeText(field.value); } catch {
    field.focus();
    field.select();
    document.execCommand('copy');
  }
  button.textContent = say('copied');
  setTimeout(() => { button.textContent = say('copy'); }, 1600);
}
const quoted = word => /^[A-Za-z0-9_.,=@/:+-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`;

// The command that gives the numbers that are shown.
function commandOf(of, count) {
  const words = ['yangjae', 'run', D.scenario.path ?? `scenarios/${D.scenario.name}`];
  const edits = editsOf(of);
  if (of.policy !== D.scenario.baseline || edits.length) words.push('--policy', of.policy);
  for (const edit of edits) { const at = edit.indexOf(' '); words.push(edit.slice(0, at), edit.slice(at + 1)); }
  const parameters = { ...Object.fromEntries(base.set ?? []), ...of.param }, future = of.future ?? base.future;
  for (const name of Object.keys(parameters).sort()) words.push('--set', `${name}=${parameters[name]}`);
  if (base.seed) words.push('--seed', String(base.seed));
  if (base.until) words.push('--until', String(base.until));
  if (future) words.push('--future', future);
  words.push('--replications', String(count));
  for (const place of shownPlaces()) words.push('--outcome', `${view.metric}@${place}`);
  return words.map(quoted).join(' ');
}
// Figures of what is shown, as the program's tables write them.
function figures() {
  const head = ['variant', 'policy', 'changes', 'figure', 'place', 'unit', 'year', 'replications', 'computed', 'mean', 'ci_half', 'p05', 'p95', 'probability_below_zero'], table = [head];
  const all = [['now', current()], ...pins().map((p, n) => [LETTERS[n], p])], metric = metricOf();
  for (const [variant, of] of all) {
    const found = summaryOf(of), edits = [...editsOf(of), ...Object.keys(of.param).sort().map(name => `--set ${name}=${of.param[name]}`), ...(of.future ? [`--future ${of.future}`] : [])].join(' ');
    if (!found) continue;
    const row = (figure, place, unit, year, f) => table.push([variant, of.policy, edits, figure, place, unit, year, found.n, found.precomputed ? 'beforehand' : 'here', f.mean, f.off, f.p05, f.p95, f.below]);
    for (const place of shownPlaces()) (found.series[`${metric.id}@${place}`] ?? []).forEach((f, n) => row(metric.id, place, inFiles(metric.unit), yearsOf()[n], f));
    for (const [id, f] of Object.entries(found.outcomes)) row(id, '', inFiles(outcomeUnit(id)), '', f);
    // What the changes move, pair by pair: a difference of differences, as in pairs.csv.
    const moved = variant === 'now' ? movedAgainstOrigin() : null, last = yearsOf().length - 1;
    for (const place of moved ? shownPlaces() : []) table.push(['change', of.policy, edits, metric.id, place, inFiles(metric.unit), yearsOf()[last], moved.n, 'here', ...(f => [f.mean, f.off, f.p05, f.p95, f.below])(moved.of(`${metric.id}@${place}`, last))]);
    for (const [id, middle] of Object.entries(found.terms)) row(`jobs_${id}`, '', 'persons', yearsOf().at(-1), { mean: middle });
  }
  const cell = v => {
    if (!known(v)) return '';
    const text = typeof v === 'number' ? digits(v) : /^[=+@\t\r]/.test(v) ? `'${v}` : v;
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return table.map(row => row.map(cell).join(',')).join('\n') + '\n';
}
// A number as the program's tables have it: the shortest text that reads back to the same value.
const digits = v => v === 0 || Math.abs(v) >= 1e-5 && Math.abs(v) < 1e16 ? String(v) : v.toExponential().replace('e+', 'e');
const inFiles = unit => unit.replace('{money}', D.scenario.money.unit);

function openShare() {
  const dialog = byId('share'), of = current(), found = summaryOf(of), entry = entryOf(of), address = addressOf(), fits = writeFragment().length <= MOST_FRAGMENT;
  byId('address').value = fits ? address : '';
  byId('address-note').textContent = fits ? say('address_note') : say('link_long_own');
  byId('command').value = commandOf(of, found?.n ?? STAGES.at(-1));
  byId('command-note').textContent = say(of.future ?? base.future ? 'command_future' : 'command_note', { count: found?.n ?? STAGES.at(-1), policy: entry.made?.name ?? of.policy, future: of.future ?? base.future ?? '' });
  const file = byId('policy-file');
  file.disabled = !entry.made;
  byId('file-note').textContent = entry.made ? say('file_note', { name: `${entry.made.name}.toml` }) : editsOf(of).length ? say('file_later') : say('file_shipped', { name: `policies/${of.policy}.toml` });
  if (!dialog.open) dialog.showModal();
}
function savePicture(kind) {
  const { svg, width, height } = picture(), blob = new Blob([svg], { type: 'image/svg+xml' }), name = `${D.scenario.name}-${view.metric}.${kind}`;
  if (kind === 'svg') return save(blob, name);
  const image = new Image(), address = URL.createObjectURL(blob);
  image.onload = () => {
    const canvas = element('canvas');
    canvas.width = width * 2;
    canvas.height = height * 2;
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob(png => save(png, name), 'image/png');
  };
  image.src = address;
}
function listenToShare() {
  byId('take').addEventListener('click', openShare);
  for (const name of ['address', 'command']) byId(`copy-${name}`).addEventListener('click', e => copy(byId(name), e.target));
  byId('policy-file').addEventListener('click', () => {
    const { made } = entryOf(current());
    if (made) save(new Blob([made.text], { type: 'application/toml' }), `${made.name}.toml`);
  });
  byId('save-svg').addEventListener('click', () => savePicture('svg'));
  byId('save-png').addEventListener('click', () => savePicture('png'));
  byId('save-csv').addEventListener('click', () => save(new Blob([figures()], { type: 'text/csv' }), `${D.scenario.name}-${view.metric}.csv`));
  byId('print').addEventListener('click', () => { byId('share').close(); window.print(); });
  document.querySelectorAll('dialog').forEach(dialog => {
    dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', e => { if (e.target === dialog) dialog.close(); });
  });
}
