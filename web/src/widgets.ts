/** Parts of the host's own at a form's questions, such as an address look-up. */

import { CounterfoilError } from "./errors.js";

const PREFIX = "field:";

/** The children of an element with `slot="field:PATH"`, kept while pages come and go. */
export class Widgets {
  readonly #element: HTMLElement;
  readonly #held: readonly (readonly [string, Element])[];

  constructor(element: HTMLElement) {
    this.#element = element;
    const children = [...element.querySelectorAll(`:scope > [slot^="${PREFIX}"]`)];
    this.#held = children.map((child) => [child.slot.slice(PREFIX.length), child] as const);
  }

  /** Puts each at the end of its question, where the page has it; in a group, of the record shown. */
  place(): void {
    const questions = [...this.#element.querySelectorAll<HTMLElement>(".govuk-form-group[data-path]")];
    for (const [path, widget] of this.#held) {
      const at = ({ dataset }: HTMLElement): boolean => withoutPositions(dataset["path"] ?? "") === path;
      const question = questions.find(at);
      if (question) question.append(widget);
      else widget.remove();
    }
  }
}

/** `streets[0].metres` as `streets.metres`. */
function withoutPositions(path: string): string {
  return path.replace(/\[\d+\]/g, "");
}

/**
 * Fills controls of the page in, by their names, as a person would, and lets the page follow. Fails with
 * a `PageError`, and fills nothing in, where the page has no control of a name.
 */
export function fill(element: HTMLElement, typed: Readonly<Record<string, string>>): void {
  const wanted = Object.entries(typed).map(([name, value]) => {
    const controls = [...element.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)];
    if (controls.length === 0) {
      throw new CounterfoilError("PageError", `the page has no control with the name ${name}`);
    }
    return [controls, value] as const;
  });
  for (const [controls, value] of wanted) {
    for (const control of controls) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === value;
      else control.value = value;
    }
    const entered = controls.find(({ checked }) => checked) ?? controls[0];
    for (const event of ["input", "change"]) entered?.dispatchEvent(new Event(event, { bubbles: true }));
  }
}
