/** Submissions that wait on the device until the office can be reached; pages and the worker deliver them. */

import { createStore, del, get, keys, set } from "idb-keyval";
import { retentionOf } from "./retention.js";

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
  /** When the device is to keep it no longer, in milliseconds since 1970. It has its time again once it is taken. */
  readonly until: number;
  readonly answer?: Answer;
}

/** The tag of the browser's background synchronisation. */
export const TAG = "counterfoil";
/** The channel on which submissions are told of that were answered. */
export const CHANNEL = "counterfoil";

const store = createStore("counterfoil", "waiting");

/** What waits under an id, unless its time is over. */
export async function waiting(id: string): Promise<Waiting | undefined> {
  const found = await get<Kept>(id, store);
  return found && !isOver(found) ? timed(found) : undefined;
}

/** Removes whatever has waited for its time, of every form of this site. What is just being sent stays till later. */
export async function dropExpired(): Promise<void> {
  await Promise.all((await allWaiting()).map(dropWhereExpired));
}

async function dropWhereExpired(id: string): Promise<void> {
  if (!isDue(await get<Kept>(id, store))) return;
  await locked(id, { ifAvailable: true }, async (isMine) => {
    const found = await get<Kept>(id, store);
    if (isMine && isDue(found)) await (isOver(found) ? drop(id) : wait(timed(found)));
  });
}

/** An earlier version kept submissions without a time; theirs begins when they are first seen. */
type Kept = Omit<Waiting, "until"> & { readonly until?: number };

const isOver = ({ until = Infinity }: Kept): boolean => until <= Date.now();
const isDue = (found: Kept | undefined): found is Kept => found !== undefined && (found.until ?? 0) <= Date.now();
const timed = (found: Kept): Waiting => ({ ...found, until: found.until ?? untilOf(found.plan) });

/** Until when a device keeps what is submitted now, in milliseconds since 1970. */
export const untilOf = (plan: string): number => Date.now() + retentionOf(plan);

/** A submission with the office's answer. Once it is taken, what was typed and the request are not needed. */
export const answered = (submission: Waiting, answer: Answer): Waiting =>
  answer.taken
    ? { ...submission, answer, typed: "[]", body: "", until: untilOf(submission.plan) }
    : { ...submission, answer };

export const wait = (submission: Waiting): Promise<void> => set(submission.id, submission, store);
export const drop = (id: string): Promise<void> => del(id, store);
export const allWaiting = (): Promise<string[]> => keys<string>(store);

/**
 * Does something that no other tab, and not the worker, does at the same time to a submission. Pages that did
 * not come over TLS have no locks; there the key alone has a submission taken once.
 */
export function alone<T>(id: string, act: () => Promise<T>): Promise<T> {
  return locked(id, {}, act);
}

function locked<T>(id: string, options: LockOptions, act: (isMine: boolean) => Promise<T>): Promise<T> {
  if (!("locks" in navigator)) return act(true);
  return navigator.locks.request(`${CHANNEL}:${id}`, options, (lock) => act(lock !== null)) as Promise<T>;
}

/** Longer than any office takes; then the line is as good as lost, and a repetition has the same key. */
const LONGEST_MS = 60_000;

/**
 * Sends a submission once. Fails with a `TypeError`, as `fetch` does without a network, where no answer of
 * the office came: a page of some network in between, to log in or to say no, is none.
 */
export async function post(url: string, body: string, idempotencyKey: string): Promise<Answer & { status: number }> {
  const response = await fetch(url, {
    method: "POST",
    redirect: "error",
    signal: AbortSignal.timeout(LONGEST_MS),
    headers: { "content-type": "application/json", "idempotency-key": idempotencyKey },
    body,
  }).catch((error: unknown) => {
    throw error instanceof TypeError ? error : new TypeError("no answer came in time", { cause: error });
  });
  const answer = await response.text();
  if (response.ok && !isOfOffice(answer)) throw new TypeError("the answer is not the office's");
  return { status: response.status, taken: response.ok, body: answer };
}

function isOfOffice(answer: string): boolean {
  try {
    return typeof (JSON.parse(answer) as { reference?: unknown } | null)?.reference === "string";
  } catch {
    return false;
  }
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
    const now = answered(submission, { taken, body });
    await wait(now);
    const channel = new BroadcastChannel(CHANNEL);
    // No answers: every script of the site may listen.
    channel.postMessage(id);
    channel.close();
    return now;
  });
}

/** Whether an answer says nothing about the submission, only that this is not the time. */
function isForLater(status: number): boolean {
  return status >= 500 || [408, 425, 429].includes(status);
}
