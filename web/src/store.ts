/** A form that is being filled in, for components of any framework. */

import { type Answer, type Answers, type Context, type Form, type Report, Session, type Words } from "./index.js";

/** In which language, for which day and with which facts a form is evaluated. */
export interface FormOptions {
  /** A language of the form; its first without it. */
  readonly locale?: string;
  /** A civil day in the form's time zone, `YYYY-MM-DD`, such as `todayOf(form.timezone)`. */
  readonly asOf: string;
  /** What only the office knows. */
  readonly facts?: Answers;
}

/** What the answers so far come to. Every change makes a new one. */
export interface Snapshot<A extends Answers = Answers> {
  readonly answers: A;
  readonly report: Report;
  readonly words: Words;
}

/** Answers, and what they come to. Whoever subscribes is told of every change. */
export class FormStore<A extends Answers = Answers, P extends string = string> {
  readonly form: Form;
  readonly #listeners = new Set<() => void>();
  #options: FormOptions;
  /** Works out only what hangs on changed answers; the browser frees it together with the store. */
  #session: Session;
  #snapshot: Snapshot<A>;

  constructor(form: Form, options: FormOptions, answers: A) {
    this.form = form;
    this.#options = options;
    this.#session = new Session(form, plain(answers), contextOf(options));
    this.#snapshot = this.#taken(answers);
  }

  readonly snapshot = (): Snapshot<A> => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Gives one answer, by its path, such as `streets[0].metres`; `undefined` takes it back. */
  readonly set = (path: P, answer: Answer | undefined): void => {
    const answers = put(this.#snapshot.answers, keysOf(path), answer) as A;
    // Paths of the session end at fields; these go on, into ranges and sets. Of all answers it marks what differs.
    this.replace(answers);
  };

  /** Puts answers in place of all that were given. */
  readonly replace = (answers: A): void => {
    this.#session.replace(plain(answers));
    this.#become(answers);
  };

  /** Looks at the same answers in another language, on another day or with other facts. */
  readonly look = (options: FormOptions): void => {
    if (JSON.stringify(options) === JSON.stringify(this.#options)) return;
    // Where the form cannot be evaluated, all stays as it is and the caller is told.
    const session = new Session(this.form, plain(this.#snapshot.answers), contextOf(options));
    this.#session.free();
    this.#session = session;
    this.#options = options;
    this.#become(this.#snapshot.answers);
  };

  /** Why a figure or verdict is what it is; see `Form.explain`. */
  readonly explain = (node: string): string =>
    this.form.explain(
      localeOf(this.form, this.#options),
      JSON.stringify(this.#snapshot.answers),
      JSON.stringify(contextOf(this.#options)),
      node,
    );

  #become(answers: A): void {
    this.#snapshot = this.#taken(answers);
    for (const listener of [...this.#listeners]) listener();
  }

  /** What the session comes to. */
  #taken(answers: A): Snapshot<A> {
    const text = this.#session.reportJson();
    const words = this.form.words(localeOf(this.form, this.#options), text);
    return { answers, report: JSON.parse(text) as Report, words };
  }
}

/** As JSON has it: without keys that hold `undefined`. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function contextOf({ asOf, facts = {} }: FormOptions): Context {
  return plain({ as_of: asOf, facts });
}

function localeOf(form: Form, { locale }: FormOptions): string {
  return locale ?? form.locales[0] ?? "en";
}

/** `streets[0].metres` as `streets`, 0 and `metres`. */
function keysOf(path: string): (string | number)[] {
  return path.split(/[[\].]+/).flatMap((key) => {
    if (key === "") return [];
    return [/^\d+$/.test(key) ? Number(key) : key];
  });
}

/** A copy in which one place holds something else; what stands elsewhere stays the same objects. */
function put(into: unknown, [key, ...rest]: (string | number)[], answer: unknown): unknown {
  if (key === undefined) return answer;
  if (typeof key === "number") {
    const items = Array.isArray(into) ? [...(into as unknown[])] : [];
    items[key] = put(items[key], rest, answer);
    // JSON has no holes; a record that was passed over is one without answers.
    return Array.from(items, (item) => item ?? {});
  }
  return { ...(into as object | null | undefined), [key]: put((into as Answers | undefined)?.[key], rest, answer) };
}
