/** A form's pages where no server draws them: drawing, the way between them, and sending. */

import { type Drawn, Form, Pages, reportSha256 } from "../pkg/counterfoil.js";

import type { Device } from "./counterfoil-device.js";
import { CounterfoilError } from "./errors.js";
import { forget, forgetOnDevice, keep, kept } from "./kept.js";
import { planOf } from "./plan.js";

/** What the pages need of the element they stand in. */
export interface Host {
  readonly element: HTMLElement;
  readonly form: Form;
  readonly locale: string;
  readonly asOf: string;
  readonly planUrl: string;
  /** The service worker; without one the form cannot be used without a network. */
  readonly workerUrl: string | null;
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

/** What the browser's history holds: the address of every element's page, beside the host's own state. */
interface State {
  readonly counterfoil?: Readonly<Record<string, string>>;
}

/** The pages of one element. */
export class Standalone {
  readonly #host: Host;
  readonly #pages: Pages;
  readonly #key: string;
  #address = "#";
  #shown = false;
  #destroyed = false;
  #isSending = false;
  /** Whether something was entered on the page since it was drawn. */
  #isEntered = false;
  #loading: Promise<Device> | undefined;
  #device: Device | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#pages = new Pages(host.form, host.locale, host.asOf);
    this.#key = `counterfoil:${host.form.form}:${host.element.id}`;
    host.element.lang = this.#pages.locale;
    host.element.dir = this.#pages.direction;
    host.element.addEventListener("click", this.#clicked);
    // After the page's own listeners, which may keep it from being sent.
    document.addEventListener("submit", this.#submitted);
    host.element.addEventListener("input", this.#entered);
    addEventListener("popstate", this.#went);
    addEventListener("pagehide", this.#left);
    document.addEventListener("visibilitychange", this.#left);
    this.#guard(() => {
      this.#restore();
      this.#show(this.#pages.draw(addressIn(history.state, this.#key) ?? "#"), "replace");
    });
    // A form that is not in force today says so.
    if (!this.#shown) this.#show(this.#pages.refusal(NOT_IN_FORCE), "stay");
    this.#load().catch(host.failed);
  }

  /** Takes the listeners off and gives the memory back. */
  destroy(): void {
    this.#host.element.removeEventListener("click", this.#clicked);
    document.removeEventListener("submit", this.#submitted);
    this.#host.element.removeEventListener("input", this.#entered);
    removeEventListener("popstate", this.#went);
    removeEventListener("pagehide", this.#left);
    document.removeEventListener("visibilitychange", this.#left);
    this.#destroyed = true;
    this.#device?.destroy();
    // What is being sent is still to be answered.
    if (!this.#isSending) this.#pages.free();
  }

  /** The answers so far, as JSON text. */
  get answers(): string {
    return this.#pages.answers;
  }

  /** Forgets what was typed and begins anew. */
  erase(): void {
    this.#forget();
    this.#show(this.#pages.draw("#"), "replace");
  }

  #forget(): void {
    this.#pages.restore(this.#pages.locale, "[]");
    this.#isEntered = false;
    forget(this.#key);
    // Also where the part that keeps answers on the device has not been loaded.
    forgetOnDevice(this.#key);
    this.#device?.forget();
  }

  /** What was typed is there again after a reload, and later where the citizen has chosen that. */
  #restore(): void {
    const before = kept(this.#key);
    try {
      if (before !== null) {
        const { locale, typed } = JSON.parse(before) as { locale: string; typed: string };
        this.#pages.restore(locale, typed);
        return;
      }
    } catch {
      forget(this.#key);
    }
    if (this.#host.prefill !== null) this.#pages.prefill(this.#host.prefill);
  }

  #keep(): void {
    const { locale, typed } = this.#pages;
    keep(this.#key, JSON.stringify({ locale, typed }));
    this.#device?.typed();
  }

  readonly #entered = (): void => void (this.#isEntered = true);

  /** Keeps what stands on the page, finished or not, before the page goes or the device may take it away. */
  readonly #left = (): void => {
    const form = this.#host.element.querySelector<HTMLFormElement>("form[action]");
    if (!this.#isEntered || !form) return;
    this.#isEntered = false;
    this.#guard(() => {
      this.#pages.take(this.#address, pairsOf(form, null));
      this.#keep();
    });
  };

  /** Loads the script that sends and keeps; where it could not be loaded, once more. */
  #load(): Promise<Device> {
    this.#loading ??= import("./counterfoil-device.js").then(
      ({ Device }) => {
        const { element, form, asOf, planUrl, submitUrl, workerUrl, failed } = this.#host;
        const device = new Device({
          engine: { Form, Pages, reportSha256 },
          element,
          form,
          pages: this.#pages,
          asOf,
          plan: planOf(form),
          planUrl,
          key: this.#key,
          submitUrl,
          workerUrl,
          destroyed: () => this.#destroyed,
          show: (drawn, history) => this.#show(drawn, history),
          put: (page) => this.#put(page),
          forget: () => this.#forget(),
          keep: () => {
            this.#left();
            this.#keep();
          },
          failed,
        });
        this.#device = device;
        if (this.#destroyed) device.destroy();
        else void device.begin();
        return device;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw new CounterfoilError("NetworkError", "the script that sends could not be loaded", error);
      },
    );
    return this.#loading;
  }

  readonly #went = (event: PopStateEvent): void => {
    const address = addressIn(event.state, this.#key);
    // Another element of the page may have gone, and this one stands where it stood.
    if (address === undefined || address === this.#address) return;
    this.#left();
    this.#guard(() => this.#show(this.#pages.draw(address), "stay"));
  };

  readonly #clicked = (event: MouseEvent): void => {
    const target = event.target as Element | null;
    // The second press of a double press may fall on what has come under the pointer since.
    if (event.detail > 1 && target?.closest("button")) event.preventDefault();
    const link = target?.closest("a[href]");
    const address = link?.getAttribute("href");
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!address?.startsWith("#") || !isPlain) return;
    event.preventDefault();
    if (address !== "#" && !address.startsWith("#/")) {
      // A control of this page: going there is no step of the way.
      this.#host.element.querySelector<HTMLElement>(`#${CSS.escape(address.slice(1))}`)?.focus();
      return;
    }
    this.#left();
    this.#guard(() => this.#show(this.#pages.draw(address), "push", address));
  };

  readonly #submitted = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !this.#host.element.contains(form)) return;
    event.preventDefault();
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
    if (submitUrl === null || this.#isSending) return;
    this.#isSending = true;
    try {
      const body = this.#pages.submission(pairs);
      const device = await this.#load();
      await device.send(submitUrl, body);
    } catch (error) {
      if (!this.#destroyed) this.#guard(() => this.#show(this.#pages.refusal(""), "stay"));
      this.#host.failed(error);
    } finally {
      this.#isSending = false;
      if (this.#destroyed) this.#pages.free();
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
    this.#leave();
    this.#address = drawn.address;
    element.innerHTML = drawn.html;
    const before = globalThis.history.state as State | null;
    const addresses = { ...before?.counterfoil, [this.#key]: drawn.address };
    const entry: State = { ...before, counterfoil: addresses };
    if (history === "push") globalThis.history.pushState(entry, "");
    if (history === "replace") globalThis.history.replaceState(entry, "");
    this.#host.drawn(drawn);
    this.#device?.drawn(drawn.address);
    const anchor = wanted.split("#")[2];
    focus(
      element.querySelector<HTMLElement>("[data-counterfoil=error-summary]") ??
        (anchor ? element.querySelector<HTMLElement>(`#${CSS.escape(anchor)}`) : null) ??
        (isFirst ? null : element.querySelector<HTMLElement>("h1")),
    );
  }

  /** Puts a page of another making in place of the one that stands there. */
  #put(page: Element): void {
    this.#leave();
    this.#host.element.replaceChildren(page);
    focus(page.querySelector("h1"));
  }

  #leave(): void {
    this.#isEntered = false;
    this.#device?.leaving();
    this.#host.leaving();
  }
}

function focus(target: HTMLElement | null): void {
  if (target && !target.hasAttribute("tabindex") && !isControl(target)) target.tabIndex = -1;
  target?.focus();
}

/** What the office would answer to a form that is not in force. */
const NOT_IN_FORCE = JSON.stringify({ type: "/problems/not-in-force" });

/** The address that the history holds for an element. */
function addressIn(state: unknown, key: string): string | undefined {
  const address = (state as State | null)?.counterfoil?.[key];
  return typeof address === "string" ? address : undefined;
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
