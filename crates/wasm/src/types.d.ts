/// <reference lib="esnext.disposable" />
// The types that Rust has no type for, written by hand. Those that it has are in contract.d.ts.

/** The days from a start to an end, both `YYYY-MM-DD` and included. */
export interface DateRange {
  readonly start: string;
  readonly end: string;
}

/** An answer: integers are numbers, decimals and money strings, dates `YYYY-MM-DD`, durations `P14M10D`. */
export type Answer =
  | boolean
  | number
  | string
  | null
  | DateRange
  | readonly string[]
  | readonly Answers[];

/** Answers by field and group. */
export interface Answers {
  readonly [path: string]: Answer | undefined;
}

/** What evaluation is told besides the answers. */
export interface Context {
  /** A civil day in the form's time zone, `YYYY-MM-DD`. */
  readonly as_of: string;
  /** What only the office knows. */
  readonly facts?: Answers;
}
