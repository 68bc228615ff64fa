/** Answers that the device keeps because the citizen chose it; without that choice nothing outlives the tab. */

import { keptOnDevice, onDevice } from "../kept.js";
import { BESIDE, type Day, type Say, button, paragraph, part } from "./parts.js";
import { retentionOf } from "./retention.js";
import type { Stage } from "./stage.js";

/** Whether the browser lets the page keep anything. */
function isPossible(): boolean {
  try {
    return Boolean(localStorage);
  } catch {
    return false;
  }
}

/** Removes whatever the device has kept for its time, of every form of this site. */
export function removeExpired(): void {
  if (!isPossible()) return;
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("counterfoil:") && name.endsWith(":device")) {
      keptOnDevice(name.slice(0, -":device".length));
    }
  }
}

/** The choice of one form. */
export class Drafts {
  readonly #stage: Stage;
  readonly #say: Say;
  readonly #day: Day;
  /** In milliseconds. */
  readonly #retention: number;
  #part: HTMLElement | undefined;
  #isErased = false;

  constructor(stage: Stage, { say, day }: { say: Say; day: Day }) {
    this.#stage = stage;
    this.#say = say;
    this.#day = day;
    this.#retention = retentionOf(stage.plan);
  }

  /** Whether the device keeps the answers. */
  get isKept(): boolean {
    return isPossible() && keptOnDevice(this.#stage.key) !== undefined;
  }

  /** Keeps what is typed now, where the citizen has chosen it, for as long as it may be kept. */
  keep(): void {
    if (!this.isKept) return;
    try {
      this.begin();
    } catch (error) {
      // A device without room keeps what it has; the citizen goes on.
      this.#stage.failed(error);
    }
  }

  /** Keeps what is typed, from now on. */
  begin(): void {
    const { locale, typed } = this.#stage.pages;
    const until = Date.now() + this.#retention;
    const draft = { until, text: JSON.stringify({ locale, typed }) };
    localStorage.setItem(onDevice(this.#stage.key), JSON.stringify(draft));
  }

  /** Keeps nothing any more. */
  erase(): void {
    if (isPossible()) localStorage.removeItem(onDevice(this.#stage.key));
  }

  /** Puts the choice under a page, or what has become of it. */
  draw(): void {
    if (!isPossible()) return;
    const { element, key } = this.#stage;
    const say = this.#say;
    const draft = keptOnDevice(key);
    this.#part?.remove();
    this.#part = part("section", BESIDE);
    this.#part.dataset["device"] = draft ? "kept" : "not-kept";
    if (draft) {
      this.#part.append(
        paragraph(say("ui.device.kept", { date: this.#day(draft.until) })),
        button(say("ui.device.erase"), () => this.#act(() => this.#eraseAll(), true)),
      );
    } else {
      const until = this.#day(Date.now() + this.#retention);
      const details = part(
        "details",
        "govuk-details",
        part("summary", "govuk-details__summary", part("span", "govuk-details__summary-text", say("ui.device.title"))),
        part(
          "div",
          "govuk-details__text",
          paragraph(say("ui.device.text")),
          paragraph(say("ui.device.until", { date: until })),
          button(say("ui.device.title"), () => this.#act(() => this.#beginAll(), false)),
        ),
      );
      if (this.#isErased) {
        const said = paragraph(say("ui.device.erased"));
        said.tabIndex = -1;
        this.#part.append(said);
      }
      this.#part.append(details);
    }
    element.append(this.#part);
  }

  #beginAll(): void {
    this.#stage.keep();
    this.begin();
  }

  #eraseAll(): void {
    this.erase();
    this.#stage.forget();
    this.#stage.show(this.#stage.pages.draw("#"), "replace");
  }

  /** Does what a button says, and puts the focus where it is said that it was done. */
  #act(act: () => void, isErased: boolean): void {
    try {
      this.#isErased = isErased;
      act();
    } catch (error) {
      this.#stage.failed(error);
    }
    this.draw();
    this.#isErased = false;
    const said = this.#part?.querySelector<HTMLElement>("p");
    if (!said) return;
    said.tabIndex = -1;
    said.focus();
  }
}
