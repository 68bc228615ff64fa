/** The key that makes a repeated submission the same one. */

import { forget, keep, kept } from "../kept.js";

/**
 * The key of a submission, told from others by its report's hash and its length; no answer is kept. The
 * same submission of the same form bears the same key until `settled`.
 */
export function keyOf(report: string, length: number, storageKey: string): string {
  const of = ofWhat(report, length);
  const before = read(storageKey);
  if (before?.of === of) return before.key;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  keep(nameOf(storageKey), JSON.stringify({ key, of }));
  return key;
}

/** A submission that was taken back bears its key again: the office may have it already. */
export function unsettled(key: string, report: string, length: number, storageKey: string): void {
  keep(nameOf(storageKey), JSON.stringify({ key, of: ofWhat(report, length) }));
}

/** Forgets the key of a submission whose confirmation was shown. */
export function settled(storageKey: string): void {
  forget(nameOf(storageKey));
}

/** Forgets the key of a submission that was given up. Other answers in this tab keep theirs. */
export function givenUp(key: string, storageKey: string): void {
  if (read(storageKey)?.key === key) settled(storageKey);
}

/** The tab's key, and of which submission it is. */
function read(storageKey: string): { key: string; of: string } | null {
  return JSON.parse(kept(nameOf(storageKey)) ?? "null") as ReturnType<typeof read>;
}

const nameOf = (storageKey: string): string => `${storageKey}:key`;
const ofWhat = (report: string, length: number): string => `${report}:${length}`;
