/** A form that is being filled in, for components of any framework. */

import type { Answer, Answers, Form, Report, Words } from "./index.js";

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
  #snapshot: Snapshot<A>;

  constructor(form: Form, options: FormOptions, answers: A) {
    this.form = form;
    this.#options = options;
    this.#snapshot = evaluated(form, options, answers);
  }

  readonly snapshot = (): Snapshot<A> => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Gives one answer, by its path, such as `streets[0].metres`; `undefined` takes it back. */
  readonly set = (path: P, answer: Answer | undefined): void => {
    this.replace(put(this.#snapshot.answers, keysOf(path), answer) as A);
  };

  /** Puts answers in place of all that were given. */
  readonly replace = (answers: A): void => this.#become(this.#options, answers);

  /** Looks at the same answers in another language, on another day or with other facts. */
  readonly look = (options: FormOptions): void => {
    if (JSON.stringify(options) === JSON.stringify(this.#options)) return;
    this.#become(options, this.#snapshot.answers);
  };

  /** Why a figure or verdict is what it is; see `Form.explain`. */
  readonly explain = (node: string): string =>
    this.form.explain(
      localeOf(this.form, this.#options),
      JSON.stringify(this.#snapshot.answers),
      contextOf(this.#options),
      node,
    );

  #become(options: FormOptions, answers: A): void {
    // Where the form cannot be evaluated, all stays as it is and the caller is told.
    this.#snapshot = evaluated(this.form, options, answers);
    this.#options = options;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The one place that evaluates. */
function evaluated<A extends Answers>(form: Form, options: FormOptions, answers: A): Snapshot<A> {
  const text = form.evaluate(JSON.stringify(answers), contextOf(options));
  const report = JSON.parse(text) as Report;
  return { answers, report, words: form.words(localeOf(form, options), text) };
}

function contextOf({ asOf, facts = {} }: FormOptions): string {
  return JSON.stringify({ as_of: asOf, facts });
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
