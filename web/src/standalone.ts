/** A form's pages where no server draws them: drawing, the way between them, and sending. */

import { type Drawn, type Form, Pages } from "../pkg/counterfoil.js";

import { type Sending, send } from "./send.js";

/** What the pages need of the element they stand in. */
export interface Host {
  readonly element: HTMLElement;
  readonly form: Form;
  readonly locale: string;
  readonly asOf: string;
  /** Where submissions go; without an address the pages end where the answers are checked. */
  readonly submitUrl: string | null;
  /** Answers that are known already, as `Form.evaluate` takes them. */
  readonly prefill: string | null;
  /** Called after a page was drawn, with it in place. */
  readonly drawn: (page: Drawn) => void;
  /** Called before a page is replaced. */
  readonly leaving: () => void;
  /** Called for what went wrong. */
  readonly failed: (error: unknown) => void;
}

/** What the browser's history holds for each page, so that Back and a reload find it again. */
interface Entry {
  readonly counterfoil: string;
  readonly address: string;
}

/** The pages of one element. */
export class Standalone {
  readonly #host: Host;
  readonly #pages: Pages;
  readonly #key: string;
  #address = "#";
  #shown = false;
  #sending: Sending | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#pages = new Pages(host.form, host.locale, host.asOf);
    this.#key = `counterfoil:${host.form.form}:${host.element.id}`;
    this.#restore();
    host.element.addEventListener("click", this.#clicked);
    host.element.addEventListener("submit", this.#submitted);
    addEventListener("popstate", this.#went);
    this.#show(this.#pages.draw(this.#entry(history.state)?.address ?? "#"), "replace");
  }

  /** Takes the listeners off and gives the memory back. */
  destroy(): void {
    this.#host.element.removeEventListener("click", this.#clicked);
    this.#host.element.removeEventListener("submit", this.#submitted);
    removeEventListener("popstate", this.#went);
    this.#pages.free();
  }

  /** The answers so far, as JSON text. */
  get answers(): string {
    return this.#pages.answers;
  }

  /** Forgets what was typed and begins anew. */
  erase(): void {
    this.#pages.restore(this.#pages.locale, "[]");
    sessionStorage.removeItem(this.#key);
    this.#show(this.#pages.draw("#"), "replace");
  }

  /** A reload keeps what was typed, as long as the tab is open; nothing else does. */
  #restore(): void {
    const kept = sessionStorage.getItem(this.#key);
    try {
      if (kept !== null) {
        const { locale, typed } = JSON.parse(kept) as { locale: string; typed: string };
        this.#pages.restore(locale, typed);
        return;
      }
    } catch {
      sessionStorage.removeItem(this.#key);
    }
    if (this.#host.prefill !== null) this.#pages.prefill(this.#host.prefill);
  }

  #keep(): void {
    const { locale, typed } = this.#pages;
    sessionStorage.setItem(this.#key, JSON.stringify({ locale, typed }));
  }

  #entry(state: unknown): Entry | undefined {
    const entry = state as Partial<Entry> | null;
    return entry?.counterfoil === this.#key && typeof entry.address === "string"
      ? (entry as Entry)
      : undefined;
  }

  readonly #went = (event: PopStateEvent): void => {
    const entry = this.#entry(event.state);
    if (entry) this.#guard(() => this.#show(this.#pages.draw(entry.address), "stay"));
  };

  readonly #clicked = (event: MouseEvent): void => {
    const link = (event.target as Element | null)?.closest?.("a[href]");
    const address = link?.getAttribute("href");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!address || !isPlain || (address !== "#" && !address.startsWith("#/"))) return;
    event.preventDefault();
    this.#guard(() => this.#show(this.#pages.draw(address), "push", address));
  };

  readonly #submitted = (event: SubmitEvent): void => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const pairs = pairsOf(form, event.submitter);
    if (form.dataset["counterfoil"] === "submit") {
      void this.#send(pairs);
      return;
    }
    const address = form.getAttribute("action") ?? this.#address;
    this.#guard(() => {
      const drawn = this.#pages.take(address, pairs);
      this.#keep();
      this.#show(drawn, drawn.address === this.#address ? "replace" : "push");
    });
  };

  async #send(pairs: string): Promise<void> {
    const { submitUrl } = this.#host;
    // A second press of the button sends nothing: the first is still under way.
    if (submitUrl === null || this.#sending) return;
    try {
      const body = this.#pages.submission(pairs);
      this.#sending = send(submitUrl, body, this.#key);
      const outcome = await this.#sending;
      if (outcome.taken) {
        const record = URL.createObjectURL(new Blob([outcome.record], { type: "application/json" }));
        const drawn = this.#pages.confirmation(outcome.body, outcome.shownSha256, record);
        this.#pages.restore(this.#pages.locale, "[]");
        sessionStorage.removeItem(this.#key);
        this.#show(drawn, "replace");
      } else {
        this.#show(this.#pages.refusal(outcome.body), "stay");
      }
    } catch (error) {
      this.#guard(() => this.#show(this.#pages.refusal(""), "stay"));
      this.#host.failed(error);
    } finally {
      this.#sending = undefined;
    }
  }

  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#host.failed(error);
    }
  }

  /** Puts a page in place of the one that stands there, and the focus where a reader goes on. */
  #show(drawn: Drawn, history: "push" | "replace" | "stay", wanted = drawn.address): void {
    const { element } = this.#host;
    const isFirst = !this.#shown;
    this.#shown = true;
    this.#host.leaving();
    this.#address = drawn.address;
    element.innerHTML = drawn.html;
    const entry: Entry = { counterfoil: this.#key, address: drawn.address };
    if (history === "push") globalThis.history.pushState(entry, "");
    if (history === "replace") globalThis.history.replaceState(entry, "");
    this.#host.drawn(drawn);
    const anchor = wanted.split("#")[2];
    const target =
      element.querySelector<HTMLElement>("[data-counterfoil=error-summary]") ??
      (anchor ? element.querySelector<HTMLElement>(`#${CSS.escape(anchor)}`) : null) ??
      (isFirst ? null : element.querySelector<HTMLElement>("h1"));
    if (target && !target.hasAttribute("tabindex") && !isControl(target)) target.tabIndex = -1;
    target?.focus();
  }
}

function isControl(element: Element): boolean {
  return element.matches("input, select, textarea, button, a[href]");
}

/** What a form would post, as JSON text. */
function pairsOf(form: HTMLFormElement, submitter: HTMLElement | null): string {
  const pairs: [string, string][] = [];
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value === "string") pairs.push([name, value]);
  }
  return JSON.stringify(pairs);
}
