/** Keeping a page, so that it opens without a network. */

import { CounterfoilError } from "../errors.js";
import type { Stage } from "./stage.js";

/** What of a page is kept besides the page, the plan and the engine: what markup and styles name of its site. */
const NAMED = ["css", "img", "link", "script"];

/**
 * Registers the worker for this page and nothing beside it, and has it keep what the page is made of. The
 * element then bears `data-offline`.
 */
export async function keepPage({ element, workerUrl, planUrl }: Stage): Promise<void> {
  if (workerUrl === null || !("serviceWorker" in navigator)) return;
  const url = new URL(workerUrl, document.baseURI);
  url.searchParams.set("engine", new URL(".", import.meta.url).href);
  try {
    await navigator.serviceWorker.register(url, { scope: location.pathname });
  } catch (error) {
    throw new CounterfoilError("OfflineError", `no worker could be registered from ${url.href}`, error);
  }
  const { active } = await navigator.serviceWorker.ready;
  const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const named = entries.filter(
    ({ initiatorType, name }) => NAMED.includes(initiatorType) && new URL(name).origin === location.origin,
  );
  const plan = new URL(planUrl, document.baseURI).href;
  const urls = new Set([location.origin + location.pathname, plan, ...named.map(({ name }) => name)]);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    element.setAttribute("data-offline", "");
    port1.close();
  };
  active?.postMessage({ keep: [...urls] }, [port2]);
}

/**
 * A kept engine may be older than a plan that was published since. Where it cannot read one, the newer engine
 * that the browser finds takes over at once, and the page begins anew.
 */
export async function renew(): Promise<void> {
  const worker = navigator.serviceWorker;
  if (!worker?.controller) return;
  worker.addEventListener("controllerchange", () => location.reload());
  const registration = await worker.ready;
  const takeOver = () => registration.waiting?.postMessage({ takeOver: true });
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", takeOver);
  });
  takeOver();
  try {
    await registration.update();
  } catch {
    // There is no network, so there is no newer engine.
  }
}
