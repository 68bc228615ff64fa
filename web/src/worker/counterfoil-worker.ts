/**
 * The service worker: a page that was visited opens again without a network, and submissions that wait are
 * sent when there is one.
 *
 * The engine and its scripts are kept as one version, whose hashes this file names, and always served from
 * there: a page never runs half of one version and half of another. The page, its styles and its plan come
 * from the network while there is one, and are kept beside the engine that has read them.
 */

import { TAG, allWaiting, deliver, dropExpired } from "../device/waiting.js";

declare const self: ServiceWorkerGlobalScope;
/** The files of the engine with their hashes, and a name for them and this file together. */
declare const FILES: Readonly<Record<string, string>>;
declare const VERSION: string;

/** What pages ask for. */
interface Asked {
  /** Addresses of what a page is made of. */
  readonly keep?: readonly string[];
  /** That this version takes over at once. */
  readonly takeOver?: boolean;
}

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

/** How long a page waits for a network that does not answer, in milliseconds, before it is taken as kept. */
const PATIENCE = 5_000;
const PREFIX = `counterfoil ${self.registration.scope} `;
const folder = new URL(new URL(self.location.href).searchParams.get("engine") ?? "./", self.location.href);
const CACHE = `${PREFIX}${folder.href} ${VERSION}`;
const engine = new Map(Object.entries(FILES).map(([file, integrity]) => [new URL(file, folder).href, integrity]));

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([removeEarlier(), dropExpired()])));
self.addEventListener("message", (event) => {
  const { keep, takeOver } = event.data as Asked;
  if (takeOver) event.waitUntil(self.skipWaiting());
  if (keep) event.waitUntil(keepAll(keep).then(() => event.ports[0]?.postMessage("kept")));
});
self.addEventListener("sync", (event) => {
  const { tag } = event as SyncEvent;
  if (tag === TAG) (event as SyncEvent).waitUntil(deliverAll());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  event.respondWith(engine.has(request.url) ? fromEngine(request) : fromNetwork(request));
});

/** Keeps the engine whole, and beside it anew what was kept beside an earlier one; or else nothing. */
async function install(): Promise<void> {
  try {
    const cache = await caches.open(CACHE);
    await Promise.all(
      [...engine].map(async ([url, integrity]) => {
        const response = await fetch(url, { integrity, cache: "no-cache" });
        if (!response.ok) throw new Error(`${url} answers with ${response.status}`);
        await cache.put(url, response);
      }),
    );
    const others = new Set<string>();
    for (const name of await earlier()) {
      for (const { url } of await (await caches.open(name)).keys()) if (!engine.has(url)) others.add(url);
    }
    await keepAll([...others]);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function earlier(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
}

async function removeEarlier(): Promise<void> {
  for (const name of await earlier()) await caches.delete(name);
}

/** Keeps what a page is made of, all at once when all of it has come. What is not there any more, or
 *  may not be stored, is left out. */
async function keepAll(urls: readonly string[]): Promise<void> {
  const others = urls.filter((url) => !engine.has(url));
  const responses = await Promise.all(others.map((url) => fetch(url, { cache: "no-cache" })));
  const cache = await caches.open(CACHE);
  for (const [index, response] of responses.entries()) {
    const isForAll = !response.headers.get("cache-control")?.includes("no-store");
    if (response.ok && !response.redirected && isForAll) await cache.put(others[index] ?? "", response);
  }
}

async function fromEngine(request: Request): Promise<Response> {
  return (await (await caches.open(CACHE)).match(request.url)) ?? fetch(request);
}

/** From the network, and where that fails, as it was kept. */
async function fromNetwork(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const isPage = request.mode === "navigate";
  const kept = await cache.match(request.url, { ignoreSearch: isPage });
  if (!kept) return fetch(request);
  try {
    return await (isPage ? withPatience(fetch(request)) : fetch(request));
  } catch {
    return kept;
  }
}

function withPatience(response: Promise<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE);
    response.then(resolve, reject);
  });
}

/** Sends all that waits. Where something cannot be sent now, the browser tries again later. */
async function deliverAll(): Promise<void> {
  await dropExpired();
  const sent = await Promise.allSettled((await allWaiting()).map((id) => deliver(id)));
  if (sent.some(({ status }) => status === "rejected")) throw new Error("something could not be sent");
}
