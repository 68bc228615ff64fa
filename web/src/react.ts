/** Counterfoil for React: `useForm`. */

import { useEffect, useState, useSyncExternalStore } from "react";

import type { Answers, Form } from "./index.js";
import { type FormOptions, FormStore, type Snapshot } from "./store.js";

export type { FormOptions, Snapshot } from "./store.js";

/** What `useForm` returns: what the answers come to, and what changes them. */
export interface FormState<A extends Answers = Answers, P extends string = string>
  extends Snapshot<A>,
    Pick<FormStore<A, P>, "set" | "replace" | "explain"> {}

/** What `useForm` takes. */
export interface UseFormOptions<A extends Answers = Answers> extends FormOptions {
  /** Answers that are known already; looked at once. */
  readonly answers?: A;
}

/**
 * Holds the answers to a form, evaluates them at every change and draws the component again. The types
 * are those that `counterfoil types` writes: `useForm<Answers, Path>(form, { asOf })`. With another form
 * it begins anew. Throws an `EvaluateError` where the form is not in force on the day.
 */
export function useForm<A extends Answers = Answers, P extends string = string>(
  form: Form,
  { answers, ...options }: UseFormOptions<A>,
): FormState<A, P> {
  const begin = () => new FormStore<A, P>(form, options, answers ?? ({} as A));
  const [held, hold] = useState(begin);
  let store = held;
  if (store.form !== form) {
    store = begin();
    hold(store);
  }
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  // The store itself tells whether anything is other than it was.
  useEffect(() => store.look(options));
  const { set, replace, explain } = store;
  return { ...snapshot, set, replace, explain };
}
