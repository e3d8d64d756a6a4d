// The engine in the browser, for workers and Node: the module's functions as a class.
//
// One instance simulates on one thread. A `Refused` says what is wrong with what was asked and leaves all as it was;
// a `Broken` says that the instance has come to an end, as after a mistake in the program or with no memory left:
// start another.

/** Why something is not done, as `yangjae check` tells it. */
class Refused extends Error {
  constructor({ problems, text }) {
    super(text);
    this.name = "Refused";
    /** [{file, line, column, message, expected, help, excerpt, text}]; line and column may be null. */
    this.problems = problems;
    /** All of them as `check` prints them. */
    this.text = text;
  }
}

/** The engine has come to an end; a new one has to be started. */
class Broken extends Error {
  constructor(message) {
    super(message);
    this.name = "Broken";
  }
}

class Engine {
  #exports;
  #setup = null;
  #broken = null;

  /** Starts an engine from a compiled module, or from the promise of one. */
  static async start(module) {
    const engine = new Engine();
    engine.#exports = (await WebAssembly.instantiate(await module, {})).exports;
    engine.#exports.begin();
    return engine;
  }

  /** Opens a scenario: `{path: text}`, and its name. */
  open(files, name) {
    this.#setup = null;
    return this.#call({ open: { files, name } });
  }

  /** Chooses policies, variants, parameters, a future and series; says in which order histories hold numbers. */
  configure({ policies = [], variants = [], set = {}, future = null, series = [] } = {}) {
    this.#setup = null;
    this.#setup = this.#call({ configure: { policies, variants, set, future, series } });
    return this.#setup;
  }

  /** One history: for each policy series by series and year by year, then outcomes, then terms. */
  history(replication) {
    return this.#run((exports) => {
      if (exports.history(replication) !== 0) throw new Refused(JSON.parse(this.#output()));
      return new Float64Array(exports.memory.buffer, exports.values(), exports.values_length()).slice();
    });
  }

  /** A changed policy as the file that `yangjae run --save` writes: {name, text}. */
  edited({ policy, edits, title = null }) {
    return this.#call({ edited: { policy, edits, title } });
  }

  /** One history firm by firm, under a policy of the setup and in the baseline. */
  replay({ policy, replication }) {
    return this.#call({ replay: { policy, replication } });
  }

  /** Memory that the instance has taken, in bytes. */
  get memory() {
    return this.#exports.memory.buffer.byteLength;
  }

  #call(asked) {
    return this.#run((exports) => {
      const bytes = new TextEncoder().encode(JSON.stringify(asked));
      const start = exports.input(bytes.length);
      // Only now, as the memory may have grown and moved.
      new Uint8Array(exports.memory.buffer, start, bytes.length).set(bytes);
      const status = exports.call();
      const answer = JSON.parse(this.#output());
      if (status !== 0) throw new Refused(answer);
      return answer;
    });
  }

  #output() {
    return this.#text(this.#exports.output(), this.#exports.output_length());
  }

  #text(start, length) {
    return new TextDecoder().decode(new Uint8Array(this.#exports.memory.buffer, start, length));
  }

  /** Does work on the instance; whatever but a refusal breaks off may have left it in pieces. */
  #run(work) {
    if (this.#broken) throw new Broken(this.#broken);
    try {
      return work(this.#exports);
    } catch (error) {
      if (error instanceof Refused) throw error;
      this.#broken = `the engine has to be started anew: ${this.#fault() || error.message}`;
      throw new Broken(this.#broken);
    }
  }

  /** What a panic said. */
  #fault() {
    try {
      return this.#text(this.#exports.fault(), this.#exports.fault_length());
    } catch {
      return "";
    }
  }
}
