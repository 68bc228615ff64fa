/**
 * The service worker of the office's own pages. It keeps nothing. Where a page cannot be had or sent for want
 * of a connection, the page that is open stays, with all that was entered on it, and is told why.
 */

declare const self: ServiceWorkerGlobalScope;
export {};

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => stay(request)));
});

/** The page from which somebody wants to leave stays; without one, the browser says what it always does. */
async function stay({ referrer }: Request): Promise<Response> {
  const clients = await self.clients.matchAll({ type: "window" });
  const pages = clients.filter(({ url }) => url.split("#")[0] === referrer);
  for (const page of pages) page.postMessage("no-connection");
  return pages.length > 0 ? new Response(null, { status: 204 }) : Response.error();
}
