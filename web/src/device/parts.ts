/** Parts of pages in the form's own markup and words. */

/** The words of the pages, with values for what stands in braces in them. */
export type Say = (key: string, values?: Readonly<Record<string, string>>) => string;

/** What stands under a page on the screen, and not on paper. */
export const BESIDE = "cf-device";

/** An element with its contents. */
export function part<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...contents: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.append(...contents);
  return element;
}

export const paragraph = (text: string): HTMLElement => part("p", "govuk-body", text);

/** A button that does something on this page. */
export function button(text: string, act: () => unknown, isPrimary = false): HTMLButtonElement {
  const element = part("button", isPrimary ? "govuk-button" : "govuk-button govuk-button--secondary", text);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/** A day as a language writes it. */
export type Day = (moment: number) => string;

/** The words of the pages in a language, and its way of writing days, from the published plan. */
export function wordsOf(plan: string, locale: string): { say: Say; day: Day } {
  const { parts } = JSON.parse(plan) as { parts: Record<string, Texts | undefined> };
  const { texts = {}, formats } = parts[`texts/${locale}`] ?? {};
  const fill = (template: string, values: Readonly<Record<string, string>>) =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  return {
    say: (key, values = {}) => fill(texts[key] ?? "", values),
    day: (moment) => {
      const date = new Date(moment);
      const [d, y] = [String(date.getDate()), String(date.getFullYear())];
      return fill(formats?.date ?? "{d}/{m}/{y}", { d, m: formats?.months[date.getMonth()] ?? "", y });
    },
  };
}

/** A plan's texts in a language. */
interface Texts {
  readonly texts?: Readonly<Record<string, string>>;
  readonly formats?: { readonly date: string; readonly months: readonly string[] };
}
