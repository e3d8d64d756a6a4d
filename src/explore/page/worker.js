// One worker: an engine of its own, which answers one unit of work after the other.
let engine = null, configured = null;

// What a changed policy is called, as `scenario/edit/words.rs` calls it.
const LONGEST_NAME = 100;
const plain = text => text.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).join('-');
function nameOf(policy, edits) {
  const part = edit => {
    const [, how, what] = /^--(\w+) (.*)$/.exec(edit);
    return how === 'set' ? plain(what.replace(/=-/, '=minus-')) : `${how}-${what.replace('@', '-of-')}`;
  };
  return [policy, ...edits.map(part)].join('--');
}
// A policy with more changes than fit into a name: each change is made by the engine, and what their files state is put
// into one.
function composed(job) {
  const remove = new Set(), levers = new Map(), own = edit => /^--set ([^.]+)\./.exec(edit)?.[1];
  const sets = job.edits.filter(own), rest = job.edits.filter(edit => !own(edit)), groups = rest.map(edit => [edit]);
  for (const edit of sets) {
    // A setting of a lever that is added can only be changed with it.
    const home = job.addedBy[own(edit)], group = groups.find(g => home ? g[0] === home : own(g[0]) && nameOf(job.policy, [...g, edit]).length <= LONGEST_NAME);
    if (group) group.push(edit); else groups.push([edit]);
  }
  for (const edits of groups) {
    const { text } = engine.edited({ policy: job.policy, edits, title: null });
    for (const name of /^remove = \[([^\]]*)\]/m.exec(text)?.[1].match(/"[^"]+"/g) ?? []) remove.add(name);
    for (const block of text.split(/^(?=\[levers\.)/m).slice(1)) {
      const [head, ...lines] = block.trimEnd().split('\n'), known = levers.get(head) ?? new Map();
      for (const line of lines.filter(Boolean)) known.set(line.split(' = ')[0], line);
      levers.set(head, known);
    }
  }
  let hash = 0x811c9dc5;
  for (const letter of job.edits.join(' ')) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193) >>> 0;
  const quoted = text => JSON.stringify(text), count = job.edits.length;
  const head = [`title = ${quoted(`${job.titles.en}; ${count} changes`)}`, `title_ko = ${quoted(`${job.titles.ko}; ${count}가지 변경`)}`,
    `description = ${quoted(`\`${job.policy}\` with ${count} changes: ${job.edits.join(' ')}.`)}`, `extends = ${quoted(job.policy)}`];
  if (remove.size) head.push(`remove = [${[...remove].join(', ')}]`);
  const blocks = [...levers].map(([lever, lines]) => `\n${lever}\n${[...lines.values()].join('\n')}\n`);
  return { name: `${job.policy}--${count}-changes-${hash.toString(16).padStart(8, '0')}`, text: `${head.join('\n')}\n${blocks.join('')}`, composed: true };
}
function made(job) {
  if (!job.edits.length) return null;
  if (nameOf(job.policy, job.edits).length > LONGEST_NAME) return composed(job);
  return engine.edited({ policy: job.policy, edits: job.edits, title: null });
}
function configure(job) {
  const file = made(job);
  const setup = engine.configure({
    policies: file || job.alone ? [] : [job.policy], variants: file ? [{ name: file.name, text: file.text }] : [],
    set: job.set, future: job.future, series: job.series,
  });
  return { setup, made: file };
}
// Of every series the difference to the baseline in the same replication; outcomes and terms are such already.
function difference(values, setup) {
  const width = values.length / setup.policies.length, compared = setup.series.length * setup.years.length;
  const found = new Float64Array(width);
  if (setup.policies.length < 2) return found;
  const at = width * (setup.policies.length - 1);
  for (let i = 0; i < width; i += 1) found[i] = i < compared ? values[at + i] - values[i] : values[at + i];
  return found;
}
self.onmessage = async ({ data: asked }) => {
  try {
    if (asked.start) {
      engine = await Engine.start(asked.start);
      engine.open(asked.files, asked.name);
      self.postMessage({ ready: true });
      return;
    }
    let news = null;
    if (configured?.key !== asked.key) {
      configured = null;
      news = configure(asked.job);
      configured = { key: asked.key, ...news };
    }
    const { setup } = configured, said = news ? { setup, made: configured.made } : {};
    if (asked.replay !== undefined) {
      const policy = setup.policies[setup.policies.length - 1];
      self.postMessage({ ...said, replay: engine.replay({ policy, replication: asked.replay }) });
      return;
    }
    const values = difference(engine.history(asked.r), setup);
    self.postMessage({ ...said, values }, [values.buffer]);
  } catch (error) {
    if (error && error.problems) self.postMessage({ refused: { problems: error.problems, text: error.text ?? String(error.message) } });
    else self.postMessage({ dead: String(error?.message ?? error) });
  }
};
