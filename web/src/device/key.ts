/** The key that makes a repeated submission the same one. */

import { forget, keep, kept } from "../kept.js";

/**
 * The key of a submission, told from others by its report's hash and its length; no answer is kept. The
 * same submission of the same form bears the same key until `settled`.
 */
export function keyOf(report: string, length: number, storageKey: string): string {
  const name = nameOf(storageKey);
  const of = ofWhat(report, length);
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

/** A submission that was taken back bears its key again: the office may have it already. */
export function unsettled(key: string, report: string, length: number, storageKey: string): void {
  keep(nameOf(storageKey), JSON.stringify({ key, of: ofWhat(report, length) }));
}

/** Forgets the key of a submission whose confirmation was shown, or that was given up. */
export function settled(storageKey: string): void {
  forget(nameOf(storageKey));
}

const nameOf = (storageKey: string): string => `${storageKey}:key`;
const ofWhat = (report: string, length: number): string => `${report}:${length}`;
