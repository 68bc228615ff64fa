// Pages that the element draws by itself: none is loaded, so what is waited for is the next drawing.

import { fillIn } from "./filling.mjs";

/** The button of that name. */
export const button = (page, name) => page.getByRole("button", { name, exact: true });

/** The link to the first page. */
export const start = (page) => page.getByRole("link", { name: "Start now" });

/** Presses something, and waits until another page is drawn. */
export async function press(page, control) {
  await page.locator("counterfoil-form h1").first().evaluate((old) => old.setAttribute("data-old", ""));
  await control.click();
  await page.locator("[data-old]").waitFor({ state: "detached" });
}

export const goOn = (page) => press(page, button(page, "Continue"));

/** From the start page of the street party to the list of streets, with all of them added. */
export async function fillStreets(page, answers) {
  await press(page, start(page));
  await fillIn(page, answers);
  await goOn(page);
  for (const _ of answers.streets) {
    await press(page, page.getByRole("link", { name: /^Add/ }));
    await fillIn(page, answers);
    await goOn(page);
  }
}

/** From the start page of the street party to the answers at a glance. */
export async function fillAll(page, answers) {
  await fillStreets(page, answers);
  await goOn(page);
}
