/** What can fail outside the engine. */

/**
 * Names of errors: `EngineError` (WebAssembly cannot be loaded), `NetworkError` (no answer came),
 * `HttpError` (another answer than was asked for), `OfflineError` (the page cannot be kept for use without a
 * network); the engine's own are `PlanError`, `AnswersError`,
 * `ContextError`, `EvaluateError`, `ReportError`, `ExplainError`, `PathError` and `PageError`.
 */
export type ErrorName =
  | "EngineError"
  | "NetworkError"
  | "HttpError"
  | "OfflineError"
  | "PlanError"
  | "AnswersError"
  | "ContextError"
  | "EvaluateError"
  | "ReportError"
  | "ExplainError"
  | "PathError"
  | "PageError";

/** An error of this package; its `name` tells the kind. */
export class CounterfoilError extends Error {
  override readonly name: ErrorName;

  constructor(name: ErrorName, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = name;
  }
}
