// The check of one submission: evaluated again, and held against what the citizen was shown.

import { reportSha256 } from "counterfoil";

/**
 * What comes of a submission, `{"plan", "answers", "shown", "report_sha256"}` as the form's pages send it,
 * on a day such as `2026-06-01`. Returns the report as JSON text, or the problem.
 */
export function verify(form, submission, asOf) {
  if (submission.plan !== form.planId) {
    return { problem: { type: "/problems/plan", title: "The submission is for another version of the form", status: 409 } };
  }
  const report = form.evaluate(JSON.stringify(submission.answers), JSON.stringify({ as_of: asOf }));
  const { status, errors, missing } = JSON.parse(report);
  if (status !== "complete") {
    const found = { errors: errors.map(({ path, code }) => ({ path, code })), missing };
    return { problem: { type: "/problems/answers", title: "The answers are not complete", status: 422, ...found } };
  }
  const { report_sha256: claimed } = submission;
  if (claimed && claimed !== reportSha256(report)) {
    return { problem: { type: "/problems/figure-differs", title: "It comes out otherwise here", status: 409 } };
  }
  return { report };
}
