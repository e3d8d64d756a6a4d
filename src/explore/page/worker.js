// One worker: an engine of its own, which answers one unit of work after the other.
let engine = null, configured = null;

function configure(job) {
  const file = job.edits.length ? engine.edited({ policy: job.policy, edits: job.edits }) : null;
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
