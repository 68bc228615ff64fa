/** Fetching published plans. */

import { Form } from "../pkg/counterfoil.js";

import { CounterfoilError } from "./errors.js";
import { load } from "./load.js";

const forms = new Map<string, Promise<Form>>();
/** The plans as they were published, for records that others verify. */
const plans = new WeakMap<Form, string>();

/** The plan of a form that was fetched, byte for byte. */
export function planOf(form: Form): string {
  return plans.get(form) ?? "";
}

/**
 * Fetches a published plan and reads it; forms with the same address share it. The plan's hashes are
 * verified, and its id too where it is known beforehand. Fails with a `NetworkError`, an `HttpError`, an
 * `EngineError` or a `PlanError`; a later call tries again.
 */
export function fetchForm(url: string | URL, planId?: string): Promise<Form> {
  const address = absolute(url);
  let form = forms.get(address);
  if (!form) {
    form = fetchAndRead(address).catch((error: unknown) => {
      forms.delete(address);
      throw error;
    });
    forms.set(address, form);
  }
  return form.then((form) => {
    if (planId && form.planId !== planId) {
      forms.delete(address);
      throw new CounterfoilError("PlanError", `the plan at ${address} is ${form.planId}, not ${planId}`);
    }
    return form;
  });
}

/** The address as it is where a page stands; Node has no such place. */
function absolute(url: string | URL): string {
  return typeof document === "undefined" ? String(url) : new URL(url, document.baseURI).href;
}

async function fetchAndRead(address: string): Promise<Form> {
  const [plan] = await Promise.all([fetchText(address), load()]);
  const form = new Form(plan);
  plans.set(form, plan);
  return form;
}

async function fetchText(address: string): Promise<string> {
  let response;
  try {
    response = await fetch(address);
  } catch (error) {
    throw new CounterfoilError("NetworkError", `no plan could be fetched from ${address}`, error);
  }
  if (!response.ok) {
    throw new CounterfoilError("HttpError", `${address} answers with ${response.status}`);
  }
  return response.text();
}
