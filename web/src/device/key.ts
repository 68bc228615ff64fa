/** The key that makes a repeated submission the same one. */

import { forget, keep, kept } from "../kept.js";

/**
 * The key of a submission, told from others by its report's hash and its length; no answer is kept. The
 * same submission of the same form bears the same key until `settled`.
 */
export function keyOf(report: string, length: number, storageKey: string): string {
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

/** Forgets the key of a submission whose confirmation was shown, or that was given up. */
export function settled(storageKey: string): void {
  forget(`${storageKey}:key`);
}
