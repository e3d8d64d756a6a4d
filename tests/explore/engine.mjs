// The engine in the browser against the native one: the same bits.
//
//   node engine.mjs NATIVE.json ENGINE.wasm.gz ...     NATIVE.json is what the example live_histories printed
//
// Prints for each module how long a history of all policies takes over that of the native engine.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [native, ...modules] = process.argv.slice(2);
const asked = JSON.parse(readFileSync(native, 'utf8'));
const source = readFileSync(join(import.meta.dirname, '../../src/explore/page/engine.js'), 'utf8');
const { Engine, Refused, Broken } = new Function(`${source}\nreturn { Engine, Refused, Broken };`)();

for (const path of modules) {
  const module = new WebAssembly.Module(gunzipSync(readFileSync(path)));
  assert.deepEqual(WebAssembly.Module.imports(module), [], 'the module needs nothing from outside');
  const engine = await Engine.start(Promise.resolve(module));
  assert.throws(() => engine.history(0), Refused);
  engine.open(asked.files, asked.name);
  const setup = engine.configure({ policies: asked.policies, series: asked.series });
  assert.deepEqual([...setup.policies].sort(), [...asked.policies].sort());

  const hash = createHash('sha256');
  let fastest = Infinity, values = 0;
  for (let replication = 0; replication < asked.histories; replication += 1) {
    const start = performance.now();
    const history = engine.history(replication);
    fastest = Math.min(fastest, performance.now() - start);
    values += history.length;
    hash.update(new Uint8Array(history.buffer));
  }
  assert.equal(values, asked.values);
  assert.equal(hash.digest('hex'), asked.sha256, `${path}: other values than the native engine's`);

  // What is refused leaves all as it was; what breaks the instance says so from then on.
  const before = engine.history(1);
  assert.throws(() => engine.edited({ policy: asked.policies[0], edits: ['--drop nothing-of-that-name'] }), Refused);
  assert.deepEqual(engine.history(1), before);
  assert.throws(() => engine.open({ get 'scenario.toml'() { throw new Error('gone'); } }, 'x'), Broken);
  assert.throws(() => engine.history(0), Broken);

  console.log(`${path}: ${values} values of ${asked.histories} histories of ${asked.policies.length} policies are the native engine's; `
    + `a history takes ${(fastest / asked.milliseconds).toFixed(2)} times as long (${fastest.toFixed(0)} against ${asked.milliseconds.toFixed(0)} ms)`);
}
