/**
 * `<counterfoil-form>`: a form of the office, in the page's own markup (light DOM).
 *
 * Where the server has drawn a page into it, the element takes that page over and shows errors, further
 * questions, verdict and fee as one types; until the engine is loaded, and where it cannot be, the page
 * works as the server drew it. Where it is empty and has a `plan-url`, it draws the form's pages by itself:
 *
 *     <counterfoil-form plan-url="/plans/street-party.json" submit-url="https://office/api/forms/…">
 *       <p slot="unavailable">Call 0300 123 4567, or print the form.</p>
 *     </counterfoil-form>
 *
 * Attributes: `plan-url`, `plan-id` (the id that the plan must have), `submit-url`, `locale`, `as-of` (a
 * day; today without it), `worker-url` (the service worker `counterfoil-worker.js`, with which the form
 * opens and takes submissions without a network), `readonly` (the answers are shown, and nothing can be
 * changed), `wasm-integrity` (the hash that the engine must have, such as `sha384-…`).
 *
 * Children: one with `slot="unavailable"` is shown where the engine or the plan cannot be loaded; those with
 * `slot="field:PATH"` stand at the question of that path; the JSON of a `<script type="application/json"
 * slot="prefill">` gives answers that are known already, as the property `prefill` does. While a page is
 * followed, the element bears `data-followed`.
 */

import { type Drawn, PageBinding, type Report, type State, type Words } from "../pkg/counterfoil.js";

import { CounterfoilError } from "./errors.js";
import { load } from "./load.js";
import { fetchForm } from "./plan.js";
import { Standalone } from "./standalone.js";
import { showSummary } from "./summary.js";
import { todayOf } from "./today.js";
import { Widgets, fill } from "./widgets.js";

export * from "./index.js";

/** Detail of `counterfoil-error`: the page cannot be taken over, drawn, evaluated or sent. */
export interface CounterfoilErrorDetail {
  readonly name: string;
  readonly message: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "counterfoil-form": CounterfoilForm;
  }
  interface HTMLElementEventMap {
    /** After every evaluation. */
    "counterfoil-change": CustomEvent<State>;
    /** Before the answers of a page are sent; preventing its default keeps them from being sent. */
    "counterfoil-submit": CustomEvent<State>;
    "counterfoil-error": CustomEvent<CounterfoilErrorDetail>;
  }
}

/** The element. It loads the engine and the form's plan, and hands itself over to them. */
export class CounterfoilForm extends HTMLElement {
  #binding: PageBinding | undefined;
  #standalone: Standalone | undefined;
  #prefill: string | null = null;
  #unavailable: Element | null = null;
  #widgets: Widgets | undefined;
  #generation = 0;

  /** Answers that are known already; set before the element is put into a page that it draws. */
  set prefill(answers: object) {
    this.#prefill = JSON.stringify(answers);
  }

  /** The report on what the page holds now; none while no page is followed. */
  get report(): Report | undefined {
    return this.#binding?.report ?? undefined;
  }

  /** The report in the page's language. */
  get words(): Words | undefined {
    return this.#binding?.words ?? undefined;
  }

  connectedCallback(): void {
    // What was set before this class was loaded stands on the element itself.
    if (Object.hasOwn(this, "prefill")) {
      const early = (this as unknown as { prefill: object }).prefill;
      Reflect.deleteProperty(this, "prefill");
      this.prefill = early;
    }
    void this.#begin();
  }

  disconnectedCallback(): void {
    this.destroy();
  }

  /** Leaves the page as it stands and gives the engine's memory back. */
  destroy(): void {
    this.#generation += 1;
    this.#leave();
    this.#standalone?.destroy();
    this.#standalone = undefined;
  }

  /** Forgets what was typed into a form that the element draws by itself. */
  erase(): void {
    this.#standalone?.erase();
  }

  /**
   * Fills controls of the page in, by their names, with what a person would type or choose:
   * `fill({ postcode: "AB1 2CD" })`. A widget in the record of a group finds the path of its question, and
   * with it the names, in the `data-path` that it stands in. Fails with a `PageError` where the page has no
   * control of a name.
   */
  fill(typed: Readonly<Record<string, string>>): void {
    fill(this, typed);
  }

  async #begin(): Promise<void> {
    const generation = ++this.#generation;
    const planUrl = this.getAttribute("plan-url");
    const wasmIntegrity = this.getAttribute("wasm-integrity") ?? undefined;
    this.#unavailable ??= this.querySelector(":scope > [slot=unavailable]");
    this.#widgets ??= new Widgets(this);
    if (planUrl !== null) this.#unavailable?.remove();
    try {
      this.#prefill ??= prefillOf(this);
      // The form's own call waits for this one; what it fails with is told there.
      load(undefined, wasmIntegrity).catch(() => undefined);
      const url = planUrl ?? this.dataset["planUrl"] ?? "";
      const form = await fetchForm(url, this.getAttribute("plan-id") ?? undefined);
      // It may have been taken out of the page, or put back in, while the plan was on its way.
      if (generation !== this.#generation) return;
      if (planUrl === null) {
        this.#binding = new PageBinding(this, form);
        this.#widgets.place();
        this.setAttribute("data-followed", "");
        return;
      }
      const locale = this.getAttribute("locale") ?? form.locales[0] ?? "en";
      const asOf = this.getAttribute("as-of") ?? todayOf(form.timezone);
      if (this.hasAttribute("readonly")) {
        showSummary(this, form, locale, asOf, this.#prefill ?? "{}");
        return;
      }
      this.#standalone = new Standalone({
        element: this,
        form,
        locale,
        asOf,
        planUrl,
        submitUrl: this.getAttribute("submit-url"),
        workerUrl: this.getAttribute("worker-url"),
        prefill: this.#prefill,
        leaving: () => this.#leave(),
        drawn: (page) => {
          this.#widgets?.place();
          this.#follow(page, form, locale, asOf);
        },
        failed: (error) => this.#fail(error),
      });
    } catch (error) {
      if (planUrl !== null && this.#unavailable) this.replaceChildren(this.#unavailable);
      this.#fail(error);
      // An engine that was kept for want of a network may be older than the plan.
      if (this.hasAttribute("worker-url")) void import("./counterfoil-device.js").then(({ renew }) => renew());
    }
  }

  /** Follows a page that was drawn here, as one that the server drew. */
  #follow(page: Drawn, form: ConstructorParameters<typeof PageBinding>[1], locale: string, asOf: string): void {
    if (page.page === null) return;
    Object.assign(this.dataset, { form: form.form, locale, asOf, page: page.page });
    if (page.record === null) delete this.dataset["record"];
    else this.dataset["record"] = String(page.record);
    this.#binding = new PageBinding(this, form);
    this.setAttribute("data-followed", "");
  }

  #leave(): void {
    this.removeAttribute("data-followed");
    this.#binding?.free();
    this.#binding = undefined;
  }

  #fail(error: unknown): void {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const detail: CounterfoilErrorDetail = { name, message };
    this.dispatchEvent(
      new CustomEvent("counterfoil-error", { bubbles: true, composed: true, detail }),
    );
  }
}

/** The answers in the element's own JSON. No policy of a page keeps it from being read, for nothing runs it. */
function prefillOf(element: HTMLElement): string | null {
  const script = element.querySelector(':scope > script[type="application/json"][slot=prefill]');
  if (!script) return null;
  try {
    return JSON.stringify(JSON.parse(script.textContent ?? ""));
  } catch {
    throw new CounterfoilError("AnswersError", 'the script with slot="prefill" holds no JSON');
  }
}

if (!customElements.get("counterfoil-form")) {
  customElements.define("counterfoil-form", CounterfoilForm);
}
