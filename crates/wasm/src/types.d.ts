/** Whether the answers can be taken; `invalid` outranks `incomplete`. */
export type Status = "complete" | "incomplete" | "invalid";

/** Whether something may be had; `undetermined` until enough is answered. */
export type Verdict = "eligible" | "ineligible" | "undetermined";

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

/** What evaluation returns: codes, ids and parameters, no prose. */
export interface Report {
  readonly form: string;
  readonly plan: string;
  readonly semantics: number;
  readonly as_of: string;
  readonly status: Status;
  readonly errors: readonly {
    readonly path: string;
    readonly code: string;
    readonly params: Readonly<Record<string, unknown>>;
  }[];
  readonly missing: readonly string[];
  readonly ignored: readonly string[];
  readonly answers: Answers;
  readonly values: Readonly<Record<string, unknown>>;
  readonly decisions: readonly {
    readonly decision: string;
    readonly verdict: Verdict;
    readonly rules: readonly {
      readonly rule: string;
      readonly holds: boolean | null;
      readonly params?: Readonly<Record<string, unknown>>;
    }[];
    readonly needs: readonly string[];
  }[];
  readonly fees?: Account;
  readonly entitlements?: Account;
}

/** Fee or entitlement lines with their total, `null` while undetermined. */
export interface Account {
  readonly currency: string;
  readonly lines: readonly { readonly id: string; readonly amount: string | null }[];
  readonly total: string | null;
}

/** A report in a language. */
export interface Words {
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
  readonly title: string;
  readonly status: Status;
  readonly errors: readonly {
    readonly path: string;
    readonly code: string;
    readonly message: string;
  }[];
  readonly missing: readonly { readonly path: string; readonly message: string }[];
  readonly decisions: readonly {
    readonly decision: string;
    readonly title: string;
    readonly verdict: Verdict;
    readonly verdict_text: string;
    readonly rules: readonly {
      readonly rule: string;
      readonly holds: boolean | null;
      readonly message: string;
      readonly source: string | null;
    }[];
    readonly needs: readonly { readonly path: string; readonly label: string }[];
  }[];
  readonly fees: AccountWords | null;
  readonly entitlements: AccountWords | null;
}

/** Fees or entitlements in words. */
export interface AccountWords {
  readonly lines: readonly {
    readonly id: string;
    readonly label: string;
    readonly amount: string | null;
    readonly source: string | null;
  }[];
  readonly total: string | null;
}

/** How far the answers are: paths and states, no answers. The detail of the element's events. */
export interface State {
  readonly form: string;
  readonly plan: string;
  readonly status: Status;
  readonly errors: readonly { readonly path: string; readonly code: string }[];
  readonly missing: readonly string[];
  readonly decisions: readonly {
    readonly decision: string;
    readonly verdict: Verdict;
    readonly needs: readonly string[];
  }[];
}

/** A page that was drawn without a server. */
export interface Drawn {
  /** Its address within the form; it may lie beyond the one that was asked for. */
  readonly address: string;
  readonly html: string;
  /** The page's heading. */
  readonly title: string;
  readonly has_errors: boolean;
  /** Where the link above the heading leads. */
  readonly back: string | null;
  /** Where the page stands in its form; null where nothing follows it. */
  readonly page: string | null;
  readonly record: number | null;
}
