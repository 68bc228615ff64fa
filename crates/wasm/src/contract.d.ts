// Written by `cargo run -p counterfoil-schema` from the Rust types; change those.

/**
 * The report of one evaluation. Keys stand in a fixed order, decimals are strings, and equal inputs
 * give equal bytes on every side.
 */
export interface Report {
  /** The form's id. */
  readonly form: string;
  /** The plan's id: 64 hexadecimal digits. */
  readonly plan: string;
  /** What the results mean; see `SEMANTICS`. */
  readonly semantics: number;
  /** The civil day of evaluation. */
  readonly as_of: string;
  /** Whether the answers can be taken. */
  readonly status: Status;
  /** What is wrong, in field order: at most one own error a path, or the checks that fail at it. */
  readonly errors: readonly ReportError[];
  /** Paths of required questions without an answer, in field order. */
  readonly missing: readonly string[];
  /** Paths of answers that were given but are not asked, in field order. */
  readonly ignored: readonly string[];
  /**
   * The answers that count, normalised, in field order. Decimals and money are strings, integers
   * are numbers, dates are `YYYY-MM-DD`.
   */
  readonly answers: Answers;
  /**
   * Computed values that are determined; `null` where the value is blank. Values of a group stand
   * under the group's id, one object a record.
   */
  readonly values: Readonly<Record<string, Answer>>;
  /** Verdicts. */
  readonly decisions: readonly DecisionReport[];
  /** What is to be paid; absent where the form has no fees. */
  readonly fees?: Account;
  /** What is to be received; absent where the form has no entitlements. */
  readonly entitlements?: Account;
}

/** Whether the answers can be taken; `invalid` outranks `incomplete`. */
export type Status =
  /** All is answered and nothing is wrong. */
  | "complete"
  /** Something required is not answered. */
  | "incomplete"
  /** Something is wrong. */
  | "invalid";

/** Something wrong at a path. */
export interface ReportError {
  /** Where, such as `streets[0].metres`. */
  readonly path: string;
  /**
   * `type`, `option`, `length`, `pattern`, `format`, `date`, `range`, `scale`, `accepted`, `items`,
   * `check`, `unknown` (a key off the form), `computed` and `fact` (keys that are not the
   * applicant's to send), `duplicate` (a key sent twice) or `arithmetic`.
   */
  readonly code: string;
  /**
   * What the message needs: limits (`min`, `max`, `scale`, `max_length`…), `check` with the check's
   * id, and the check's own placeholders.
   */
  readonly params: Readonly<Record<string, Answer>>;
}

/** A decision's verdict. */
export interface DecisionReport {
  /** The decision's id. */
  readonly decision: string;
  /** Its verdict. */
  readonly verdict: Verdict;
  /** The rules that apply, in order. */
  readonly rules: readonly RuleReport[];
  /** Paths of the questions that would decide an undetermined verdict, in field order. */
  readonly needs: readonly string[];
}

/** A verdict. */
export type Verdict =
  /** Every rule holds. */
  | "eligible"
  /** Some rule does not hold. */
  | "ineligible"
  /** Not yet decided. */
  | "undetermined";

/** Whether a rule holds. */
export interface RuleReport {
  /** The rule's id. */
  readonly rule: string;
  /** `null` while undecided. */
  readonly holds: boolean | null;
  /** Placeholders of its message that are determined. */
  readonly params?: Readonly<Record<string, Answer>>;
}

/** Fee or entitlement lines with their total. */
export interface Account {
  /** ISO 4217 code. */
  readonly currency: string;
  /** The lines that apply, in order. */
  readonly lines: readonly LineReport[];
  /**
   * The sum, with the currency's digits; `null` until every line is determined and every decision
   * it hangs on is eligible.
   */
  readonly total: string | null;
}

/** A fee or entitlement line. */
export interface LineReport {
  /** The line's id. */
  readonly id: string;
  /** The amount, with the currency's digits; `null` while undetermined. */
  readonly amount: string | null;
}

/** The words of a report in one locale: messages, labels, reasons and sources. */
export interface Words {
  /** BCP 47 tag of the language used. */
  readonly locale: string;
  /** Writing direction, `ltr` or `rtl`. */
  readonly direction: "ltr" | "rtl";
  /** The form's title. */
  readonly title: string;
  /** The report's status. */
  readonly status: Status;
  /** A message for each error, in the report's order. */
  readonly errors: readonly ErrorWords[];
  /** A message for each missing answer, in the report's order. */
  readonly missing: readonly MissingWords[];
  /** The decisions. */
  readonly decisions: readonly DecisionWords[];
  /** The fees. */
  readonly fees: AccountWords | null;
  /** The entitlements. */
  readonly entitlements: AccountWords | null;
}

/** What to tell about an error. */
export interface ErrorWords {
  /** Where. */
  readonly path: string;
  /** The report's code. */
  readonly code: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** What to tell about a missing answer. */
export interface MissingWords {
  /** Where. */
  readonly path: string;
  /** What to enter or choose. */
  readonly message: string;
}

/** A decision in words. */
export interface DecisionWords {
  /** The decision's id. */
  readonly decision: string;
  /** Its title. */
  readonly title: string;
  /** Its verdict. */
  readonly verdict: Verdict;
  /** The verdict in words. */
  readonly verdict_text: string;
  /** Its rules that apply. */
  readonly rules: readonly RuleWords[];
  /** Questions that would decide it. */
  readonly needs: readonly NeedWords[];
}

/** A rule in words. */
export interface RuleWords {
  /** The rule's id. */
  readonly rule: string;
  /** Whether it holds; `null` while undecided. */
  readonly holds: boolean | null;
  /** What the rule says. */
  readonly message: string;
  /** Where it is laid down. */
  readonly source: string | null;
}

/** A question that would decide something. */
export interface NeedWords {
  /** The question's path. */
  readonly path: string;
  /** Its label. */
  readonly label: string;
}

/** Fees or entitlements in words. */
export interface AccountWords {
  /** The lines that apply. */
  readonly lines: readonly LineWords[];
  /** The total, written out; `null` while undetermined. */
  readonly total: string | null;
}

/** A line in words. */
export interface LineWords {
  /** The line's id. */
  readonly id: string;
  /** Its label. */
  readonly label: string;
  /** Its amount, written out; `null` while undetermined. */
  readonly amount: string | null;
  /** Where it is laid down. */
  readonly source: string | null;
}

/** What has come to be different; in alphabetical order, each once. */
export interface Changed {
  /**
   * Paths of questions, groups and records (`stalls`, `streets`, `streets[0].metres`) of which something
   * differs: the answer that counts, whether it is missing or ignored, its errors, whether it is asked, or
   * its options that are offered. Other paths too at which an error has come or gone. A group is listed
   * itself where it has come to have more or fewer records.
   */
  readonly paths: readonly string[];
  /**
   * What was worked out and differs: `values.area`, `values.streets[0].charge`, `decisions.closure`,
   * `fees.stalls`, `fees.total`, `entitlements.grant`, `entitlements.total`, and `status`.
   */
  readonly nodes: readonly string[];
}

/** How far the answers are: paths and states, no answers. The detail of the element's events. */
export interface State {
  /** The form's id. */
  readonly form: string;
  /** The plan's id: 64 hexadecimal digits. */
  readonly plan: string;
  /** Whether the answers can be taken. */
  readonly status: Status;
  /** What is wrong, in field order. */
  readonly errors: readonly StateError[];
  /** Paths of required questions without an answer, in field order. */
  readonly missing: readonly string[];
  /** Verdicts. */
  readonly decisions: readonly StateDecision[];
}

/** Something wrong at a path. */
export interface StateError {
  /** Where, such as `streets[0].metres`. */
  readonly path: string;
  /** The report's code. */
  readonly code: string;
}

/** A decision's verdict. */
export interface StateDecision {
  /** The decision's id. */
  readonly decision: string;
  /** Its verdict. */
  readonly verdict: Verdict;
  /** Paths of the questions that would decide an undetermined verdict, in field order. */
  readonly needs: readonly string[];
}

/** A page that was drawn without a server. */
export interface Drawn {
  /** Its address within the form; it may lie beyond the one that was asked for. */
  readonly address: string;
  /** What stands in `main`. */
  readonly html: string;
  /** The page's heading. */
  readonly title: string;
  /** Whether it says that something is wrong. */
  readonly has_errors: boolean;
  /** Where the link above the heading leads. */
  readonly back: string | null;
  /** The id of the page in its form; null where no script follows it. */
  readonly page: string | null;
  /** The position of the record on it, counted from 0; null where it holds none. */
  readonly record: number | null;
}
