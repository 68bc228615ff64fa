/**
 * `<counterfoil-form>`: takes over a page of a form that the server has drawn, and shows errors,
 * further questions, verdict and fee as one types. Until the engine is loaded, and where it cannot be,
 * the page works as the server drew it.
 *
 * Attributes, written by the server: `data-form`, `data-plan-url`, `data-locale`, `data-as-of`,
 * `data-page`, `data-record`. While the page is followed, the element bears `data-followed`.
 */

import { load, PageBinding, type Report, type Words } from "./index.js";

export * from "./index.js";

/** Detail of `counterfoil-change`, after every evaluation, and of `counterfoil-submit`. */
export interface CounterfoilDetail {
  readonly report: Report;
  readonly words: Words;
}

/** Detail of `counterfoil-error`: the page cannot be taken over or evaluated. */
export interface CounterfoilErrorDetail {
  readonly name: string;
  readonly message: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "counterfoil-form": CounterfoilForm;
  }
  interface HTMLElementEventMap {
    "counterfoil-change": CustomEvent<CounterfoilDetail>;
    "counterfoil-submit": CustomEvent<CounterfoilDetail>;
    "counterfoil-error": CustomEvent<CounterfoilErrorDetail>;
  }
}

/** The element. It loads the engine and the page's plan, and hands itself over to them. */
export class CounterfoilForm extends HTMLElement {
  #binding: PageBinding | undefined;

  connectedCallback(): void {
    void this.#follow();
  }

  disconnectedCallback(): void {
    this.removeAttribute("data-followed");
    this.#binding?.free();
    this.#binding = undefined;
  }

  async #follow(): Promise<void> {
    try {
      const [plan] = await Promise.all([fetchText(this.dataset["planUrl"] ?? ""), load()]);
      // It may have been taken out of the page, or put back in, while the plan was on its way.
      if (!this.isConnected || this.#binding) return;
      this.#binding = new PageBinding(this, plan);
      this.setAttribute("data-followed", "");
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const detail: CounterfoilErrorDetail = { name, message };
      this.dispatchEvent(
        new CustomEvent("counterfoil-error", { bubbles: true, composed: true, detail }),
      );
    }
  }
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the plan could not be fetched from ${url}: ${response.status}`);
  return response.text();
}

if (!customElements.get("counterfoil-form")) {
  customElements.define("counterfoil-form", CounterfoilForm);
}
