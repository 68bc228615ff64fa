/**
 * Counterfoil without a page: the engine that the office runs, for browsers and Node.
 *
 *     await load();
 *     const form = new Form(planText);
 *     const report = form.evaluateObject(answers, { as_of: "2026-01-31" });
 */

export type * from "../pkg/counterfoil.js";
export { Form, PageBinding, Pages, reportSha256, Session } from "../pkg/counterfoil.js";
export { load } from "./load.js";
export { CounterfoilError, type ErrorName } from "./errors.js";
export { fetchForm } from "./plan.js";
export { todayOf } from "./today.js";
