/** What the script that sends and keeps is told of the pages. */

import type { Drawn, Form, Pages } from "../../pkg/counterfoil.js";

/** The engine's classes. The script that sends is a file of its own and must not load a second engine. */
export interface Engine {
  readonly Form: typeof Form;
  readonly Pages: typeof Pages;
  readonly reportSha256: (reportJson: string) => string;
}

/** The pages of one element, as the script that sends and keeps sees them. */
export interface Stage {
  readonly engine: Engine;
  readonly element: HTMLElement;
  readonly form: Form;
  readonly pages: Pages;
  /** The day of the evaluation. */
  readonly asOf: string;
  /** The published plan, byte for byte, and where it was fetched from. */
  readonly plan: string;
  readonly planUrl: string;
  /** Names the form, and the element where the page has several. */
  readonly key: string;
  readonly submitUrl: string | null;
  /** The service worker; none where the form is not to be used without a network. */
  readonly workerUrl: string | null;
  /** Whether the element still stands in its page. */
  readonly destroyed: () => boolean;
  /** Shows a page that the engine has drawn, at a new step of the history or in place of the present one. */
  readonly show: (drawn: Drawn, history: "replace" | "stay") => void;
  /** Shows a page of another making, at no step of the history. */
  readonly put: (page: Element) => void;
  /** Forgets what was typed. */
  readonly forget: () => void;
  /** Keeps what was typed for as long as the tab is open. */
  readonly keep: () => void;
  readonly failed: (error: unknown) => void;
}
