/** Sending a submission, once. */

import { CounterfoilError } from "./errors.js";

/** What the office answered. */
export interface Outcome {
  readonly taken: boolean;
  /** The answer's body: the submission that was taken, or a problem. */
  readonly body: string;
  readonly shownSha256: string | undefined;
  /** The record for the citizen to keep, as `counterfoil receipt verify` takes it. */
  readonly record: string;
}

/** A submission under way. */
export type Sending = Promise<Outcome>;

/**
 * Sends a submission, as `Pages.submission` gives it, to the office's API. The same submission of the same
 * form bears the same key, so that one whose answer was lost is not taken twice.
 */
export async function send(url: string, body: string, storageKey: string): Sending {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": keyOf(body, storageKey) },
    body,
  }).catch((error: unknown) => {
    throw new CounterfoilError("NetworkError", "the submission could not be sent", error);
  });
  const answer = await response.text();
  const sent = JSON.parse(body) as { plan: string; report_sha256?: string };
  if (!response.ok) return { taken: false, body: answer, shownSha256: sent.report_sha256, record: "" };
  sessionStorage.removeItem(`${storageKey}:key`);
  return { taken: true, body: answer, shownSha256: sent.report_sha256, record: answer };
}

function keyOf(body: string, storageKey: string): string {
  const name = `${storageKey}:key`;
  const kept = sessionStorage.getItem(name);
  if (kept !== null) {
    const { key, of } = JSON.parse(kept) as { key: string; of: string };
    if (of === body) return key;
  }
  const key = crypto.randomUUID();
  sessionStorage.setItem(name, JSON.stringify({ key, of: body }));
  return key;
}
