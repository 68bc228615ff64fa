/** Submissions that wait on the device until the office can be reached; pages and the worker deliver them. */

import { createStore, del, get, keys, set } from "idb-keyval";

/** What the office answered. */
export interface Answer {
  readonly taken: boolean;
  /** The answer's body: the submission that was taken, or a problem. */
  readonly body: string;
}

/** A submission, with all that its confirmation or its refusal needs. */
export interface Waiting {
  readonly id: string;
  readonly url: string;
  readonly body: string;
  /** Makes a repetition the same submission. */
  readonly idempotencyKey: string;
  /** The hash of the report that the citizen was shown. */
  readonly shownSha256: string | undefined;
  /** The day for which the report was shown. */
  readonly asOf: string;
  /** The answers byte for byte, and the plan they were given under. */
  readonly answers: string;
  readonly plan: string;
  readonly planId: string;
  /** What was typed, for a refusal that leads back to the pages. */
  readonly typed: string;
  readonly locale: string;
  /** Whether the device kept the answers before. */
  readonly wasKept: boolean;
  readonly answer?: Answer;
}

/** The tag of the browser's background synchronisation. */
export const TAG = "counterfoil";
/** The channel on which submissions are told of that were answered. */
export const CHANNEL = "counterfoil";

const store = createStore("counterfoil", "waiting");

export const waiting = (id: string): Promise<Waiting | undefined> => get(id, store);
export const wait = (submission: Waiting): Promise<void> => set(submission.id, submission, store);
export const drop = (id: string): Promise<void> => del(id, store);
export const allWaiting = (): Promise<string[]> => keys<string>(store);

/**
 * Does something that no other tab, and not the worker, does at the same time to a submission. Pages that did
 * not come over TLS have no locks; there the key alone has a submission taken once.
 */
export function alone<T>(id: string, act: () => Promise<T>): Promise<T> {
  if (!("locks" in navigator)) return act();
  return navigator.locks.request(`${CHANNEL}:${id}`, act) as Promise<T>;
}

/** Sends a submission once. Fails where no answer came. */
export async function post(url: string, body: string, idempotencyKey: string): Promise<Answer & { status: number }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": idempotencyKey },
    body,
  });
  return { status: response.status, taken: response.ok, body: await response.text() };
}

/**
 * Delivers a submission that waits, and tells every page of the answer. None where there is nothing to
 * deliver any more; fails where the office cannot be reached or cannot take anything now.
 */
export function deliver(id: string): Promise<Waiting | undefined> {
  return alone(id, async () => {
    const submission = await waiting(id);
    if (!submission || submission.answer) return submission;
    const { status, taken, body } = await post(submission.url, submission.body, submission.idempotencyKey);
    if (isForLater(status)) throw new Error(`the office answers with ${status}`);
    const answered = { ...submission, answer: { taken, body } };
    await wait(answered);
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage(answered);
    channel.close();
    return answered;
  });
}

/** Whether an answer says nothing about the submission, only that this is not the time. */
function isForLater(status: number): boolean {
  return status >= 500 || [408, 425, 429].includes(status);
}
