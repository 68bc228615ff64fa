/** The citizen's half: a receipt with all that is needed to verify it, as `counterfoil receipt verify` reads it. */

import type { Waiting } from "./waiting.js";

/** How long the confirmation waits for the keys, in milliseconds. */
const PATIENCE = 5_000;

/** The record of a submission that the office has taken, as JSON text. */
export async function recordOf({ url, answers, plan, answer }: Waiting): Promise<string> {
  const { receipt } = JSON.parse(answer?.body ?? "{}") as { receipt?: string };
  const keys = await keysOf(url);
  // Answers and plan keep their bytes, which the receipt's hashes are of.
  return `{"receipt":${JSON.stringify(receipt)},"keys":${keys},"answers":${answers},"plan":${plan.trim()}}`;
}

/**
 * The office's public keys, which lie beside its API. Where they cannot be had, the record has none, and is
 * verified with keys from the office (`--keys`).
 */
async function keysOf(submitUrl: string): Promise<string> {
  try {
    const response = await fetch(new URL("../../../.well-known/jwks.json", submitUrl), {
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.ok) return JSON.stringify(await response.json());
  } catch {
    // The submission is taken all the same.
  }
  return '{"keys":[]}';
}
