/** Sending a submission, once. */

import { CounterfoilError } from "./errors.js";
import { forget, keep, kept } from "./kept.js";

/** What the office answered. */
export interface Outcome {
  readonly taken: boolean;
  /** The answer's body: the submission that was taken, or a problem. */
  readonly body: string;
  readonly shownSha256: string | undefined;
  /** The office's answer with its signed receipt, for the citizen to keep. */
  readonly record: string;
}

/** A submission under way. */
export type Sending = Promise<Outcome>;

/**
 * Sends a submission, as `Pages.submission` gives it, to the office's API. The same submission of the same
 * form bears the same key until `settled`, so that one whose answer was lost is not taken twice. Fails with a
 * `NetworkError` where no answer came.
 */
export async function send(url: string, body: string, storageKey: string): Sending {
  const { report_sha256: shownSha256 } = JSON.parse(body) as { report_sha256?: string };
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": keyOf(shownSha256 ?? "", body.length, storageKey),
      },
      body,
    });
    const answer = await response.text();
    return { taken: response.ok, body: answer, shownSha256, record: response.ok ? answer : "" };
  } catch (error) {
    throw new CounterfoilError("NetworkError", "the submission could not be sent", error);
  }
}

/** Forgets the key of a submission whose confirmation was shown, or that was given up. */
export function settled(storageKey: string): void {
  forget(`${storageKey}:key`);
}

/** The key of a submission, told from others by its report's hash and its length; no answer is kept. */
function keyOf(report: string, length: number, storageKey: string): string {
  const name = `${storageKey}:key`;
  const of = `${report}:${length}`;
  const before = kept(name);
  if (before !== null) {
    const { key, of: wasOf } = JSON.parse(before) as { key: string; of: string };
    if (wasOf === of) return key;
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  keep(name, JSON.stringify({ key, of }));
  return key;
}
