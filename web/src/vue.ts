/** Counterfoil for Vue: `useForm`. */

import {
  type ComputedRef,
  type MaybeRefOrGetter,
  computed,
  onScopeDispose,
  shallowRef,
  toValue,
  watch,
} from "vue";

import type { Answers, Form, Report, Words } from "./index.js";
import { type FormOptions, FormStore } from "./store.js";

export type { FormOptions } from "./store.js";

/** What `useForm` returns: what the answers come to, and what changes them. */
export interface FormState<A extends Answers = Answers, P extends string = string>
  extends Pick<FormStore<A, P>, "set" | "replace" | "explain"> {
  readonly answers: ComputedRef<A>;
  readonly report: ComputedRef<Report>;
  readonly words: ComputedRef<Words>;
}

/**
 * Holds the answers to a form and evaluates them at every change. The types are those that
 * `counterfoil types` writes: `useForm<Answers, Path>(form, { asOf })`. The options may be a ref or a
 * getter, and are followed. Throws an `EvaluateError` where the form is not in force on the day.
 */
export function useForm<A extends Answers = Answers, P extends string = string>(
  form: Form,
  options: MaybeRefOrGetter<FormOptions>,
  answers: A = {} as A,
): FormState<A, P> {
  // Plain objects, from which also what is nested has been read, so that it is followed too.
  const plain = () => JSON.parse(JSON.stringify(toValue(options))) as FormOptions;
  const store = new FormStore<A, P>(form, plain(), answers);
  const snapshot = shallowRef(store.snapshot());
  const leave = store.subscribe(() => {
    snapshot.value = store.snapshot();
  });
  onScopeDispose(leave);
  watch(plain, store.look);
  const { set, replace, explain } = store;
  return {
    answers: computed(() => snapshot.value.answers),
    report: computed(() => snapshot.value.report),
    words: computed(() => snapshot.value.words),
    set,
    replace,
    explain,
  };
}
