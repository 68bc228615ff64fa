/** A form's answers to read, where nobody is to change them. */

import { type Form, Pages } from "../pkg/counterfoil.js";

const CHECK_ANSWERS = "#/check-answers";

/** What of the page on which answers are checked asks for something to be done. */
const TO_DO =
  "[data-counterfoil=error-summary],[data-sending],[data-edit],template,.govuk-summary-list__actions,.govuk-summary-card__actions";

/**
 * Shows the answers under their questions with what they come to: the page on which answers are checked,
 * under the form's title, with no control on it, nothing that can be sent and no link to a question.
 */
export function showSummary(element: HTMLElement, form: Form, locale: string, asOf: string, answers: string): void {
  const pages = new Pages(form, locale, asOf);
  try {
    pages.prefill(answers);
    const { address, html } = pages.draw(CHECK_ANSWERS);
    element.lang = pages.locale;
    element.dir = pages.direction;
    // Without any answer there is nothing to be read.
    element.innerHTML = address === CHECK_ANSWERS ? html : "";
    for (const part of element.querySelectorAll(TO_DO)) part.remove();
    for (const link of element.querySelectorAll('a[href^="#"]')) link.replaceWith(...link.childNodes);
    const heading = element.querySelector("h1");
    if (heading) heading.textContent = pages.draw("#").title;
  } finally {
    pages.free();
  }
}
