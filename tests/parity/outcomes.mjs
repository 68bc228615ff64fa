// What the module makes of cases, in Node.js and in a browser alike. It decides nothing and compares
// nothing; the Rust side does.

/** The report of a case and its words in every language, a line each; or the error, by name. */
function outcome(form, answers, context) {
  try {
    const report = form.evaluate(answers, context);
    const words = form.locales.map((locale) => JSON.stringify(form.words(locale, report)));
    return [report, ...words].join("\n");
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}

/** The outcomes of a batch; what separates them occurs in no JSON text. */
export function outcomes(form, cases) {
  return cases.map(([answers, context]) => outcome(form, answers, context)).join("\u0000");
}

/** The SHA-256 of the outcomes, in hexadecimal digits. */
export async function hash(form, cases) {
  const bytes = new TextEncoder().encode(outcomes(form, cases));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
