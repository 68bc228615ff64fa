/**
 * What the office's own pages need besides the form: nothing is lost where the connection is, nobody loses
 * answers to a time limit unwarned, and no button does its work twice. The words are in the page.
 */

/** Where forms lie: `/forms/street-party/event` is a page of `/forms/street-party`. */
const FORM = /^.*\/forms\/[^/]+/;
/** The channel on which tabs tell each other how long a draft is kept. */
const CHANNEL = "counterfoil-kept";

const notices = document.querySelector("[data-counterfoil=notices]");

/** Shows a notice that the office has put into the page; the focus goes there where somebody waits for it. */
function show(name: string, isAwaited: boolean): HTMLElement | undefined {
  const template = document.querySelector<HTMLTemplateElement>(`template[data-notice="${name}"]`);
  const notice = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
  if (!notice || !notices) return undefined;
  notices.querySelector(`[data-shown="${name}"]`)?.remove();
  notice.dataset["shown"] = name;
  notices.append(notice);
  if (isAwaited) notice.focus();
  return notice;
}

function hide(name: string): void {
  notices?.querySelector(`[data-shown="${name}"]`)?.remove();
}

/** Buttons do their work once: what is sent again within a second is a second press of the same will. */
function pressOnce(): void {
  let last = Number.NEGATIVE_INFINITY;
  // The second press of a double press may fall on what has come under the pointer since.
  document.addEventListener(
    "click",
    (event) => {
      const target = event.target as Element;
      if (event.detail > 1 && target.closest("button")) event.preventDefault();
      // The worker keeps pages of this form; who leaves it is kept here, as far as the browser knows.
      if (!navigator.onLine && target.closest("a[href^='/']")) {
        event.preventDefault();
        show("connection", true);
      }
    },
    { capture: true },
  );
  addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (event.timeStamp - last < 1_000) event.preventDefault();
    else last = event.timeStamp;
  });
  const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  worker?.addEventListener("message", ({ data }) => {
    if (data !== "no-connection") return;
    last = Number.NEGATIVE_INFINITY;
    show("connection", true);
  });
  addEventListener("online", () => hide("connection"));
}

/** Has the worker keep a page that cannot be left for want of a connection. */
async function keepPage(): Promise<void> {
  const scope = FORM.exec(location.pathname)?.[0];
  if (!scope || !("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(new URL("counterfoil-pages-worker.js", import.meta.url), { scope });
  } catch {
    // The browser then says by itself that there is no connection, and its Back leads here.
  }
}

/** Says in time when the office is going to remove the answers, and has it keep them longer. */
function watchTime(): void {
  const template = document.querySelector<HTMLElement>("template[data-notice=time]");
  if (!template) return;
  const warning = Number(template.dataset["warning"]) * 1_000;
  const channel = new BroadcastChannel(CHANNEL);
  const form = FORM.exec(location.pathname)?.[0];
  let end = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = () => {
    clearTimeout(timer);
    const left = end - Date.now() - warning;
    // A timer does not run for longer than this; and a device may have slept.
    if (left > 0) timer = setTimeout(look, Math.min(left, 86_400_000));
    else if (!notices?.querySelector("[data-shown=time]")) ask();
  };
  const keptFor = (seconds: number) => {
    end = Date.now() + seconds * 1_000;
    hide("time");
    look();
  };
  const ask = () => {
    const notice = show("time", false);
    notice?.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      void extend(event.target as HTMLFormElement);
    });
  };
  const extend = async ({ action }: HTMLFormElement) => {
    try {
      const response = await fetch(action, { method: "POST" });
      // The time is over: the office says so itself.
      if (!response.ok) return location.reload();
      const { said, seconds } = (await response.json()) as { said: string; seconds: number };
      const hadFocus = notices?.contains(document.activeElement);
      keptFor(seconds);
      channel.postMessage({ form, seconds });
      const words = document.createElement("p");
      words.className = "govuk-body";
      words.tabIndex = -1;
      words.textContent = said;
      notices?.replaceChildren(words);
      if (hadFocus) words.focus();
      const kept = document.querySelector("[data-kept]");
      if (kept) kept.textContent = said;
    } catch {
      show("connection", true);
    }
  };

  // Whoever goes on in another tab has the time begin again for this one too.
  channel.onmessage = ({ data }: MessageEvent<{ form: string; seconds: number }>) => {
    if (data.form === form && Date.now() + data.seconds * 1_000 > end) keptFor(data.seconds);
  };
  document.addEventListener("visibilitychange", look);
  const seconds = Number(template.dataset["seconds"]);
  channel.postMessage({ form, seconds });
  keptFor(seconds);
}

pressOnce();
watchTime();
void keepPage();
