// The form that is measured: 200 questions in 20 blocks of ten, and 200 rules: in each block six conditions, two
// checks, one rule of the decision and one line of the fee. It is written twice, once for each toolkit.

const BLOCKS = 20;
/** Amounts that rules name: what a person who works there costs, and the most that a guest may. */
const RATE = "11.80";
const PER_GUEST = "100";

const OPTIONS = { hall: "A hall", field: "A field", other: "Something else" };
const YES_OR_NO = { true: "Yes", false: "No" };

/** The questions of a block; `when` names the condition in `CONDITIONS` under which one is asked. */
const QUESTIONS = [
  { id: "used", type: "boolean", label: "Is it used?" },
  { id: "people", type: "integer", min: 1, max: 200, label: "How many people work there?", when: "used" },
  { id: "amount", type: "money", min: 0, max: 50000, label: "What does it cost a year?", when: "used" },
  { id: "kind", type: "choice", options: OPTIONS, label: "What is it?" },
  { id: "kind_name", type: "text", max: 80, label: "What do you call it?", when: "other" },
  { id: "guests", type: "integer", min: 1, max: 500, label: "How many guests come?" },
  { id: "opens", type: "date", label: "When does it open?" },
  { id: "closes", type: "date", label: "When does it close?", when: "used" },
  { id: "music", type: "boolean", label: "Will there be music?", when: "many" },
  { id: "area", type: "decimal", scale: 1, min: 1, max: 2000, label: "How large is the stage?", when: "loud" },
];

/** A condition for Counterfoil and for SurveyJS, of the block whose questions begin with `p`. */
const CONDITIONS = {
  used: (p) => [`${p}used`, `{${p}used} = true`],
  other: (p) => [`${p}kind == "other"`, `{${p}kind} = 'other'`],
  many: (p) => [`${p}guests > 5`, `{${p}guests} > 5`],
  loud: (p) => [`${p}guests > 5 and ${p}music`, `{${p}guests} > 5 and {${p}music} = true`],
};

/** Answers to every question of a block, under which all of them are asked and no rule is broken. */
const ANSWERS = {
  used: true,
  people: 12,
  amount: "1500.00",
  kind: "other",
  kind_name: "The old mill",
  guests: 35,
  opens: "2026-07-01",
  closes: "2026-09-30",
  music: true,
  area: "24.5",
};

const blocks = Array.from({ length: BLOCKS }, (_, block) => `b${block + 1}_`);
const questions = blocks.flatMap((prefix, block) => QUESTIONS.map((question) => ({ ...question, prefix, block })));
const label = ({ label, block }) => `Place ${block + 1}: ${label}`;

/** The questions in pages of `perPage`. */
function pages(perPage) {
  const count = Math.ceil(questions.length / perPage);
  return Array.from({ length: count }, (_, page) => questions.slice(page * perPage, (page + 1) * perPage));
}

/** All answers, as Counterfoil takes them. */
export const answers = Object.fromEntries(
  questions.map(({ prefix, id }) => [`${prefix}${id}`, ANSWERS[id]]),
);

/** All answers, as SurveyJS takes them: amounts and decimals are numbers. */
export const surveyAnswers = Object.fromEntries(
  questions.map(({ prefix, id, type }) => {
    const answer = ANSWERS[id];
    return [`${prefix}${id}`, ["money", "decimal"].includes(type) ? Number(answer) : answer];
  }),
);

/** How many questions and rules the form has. */
export const size = {
  questions: questions.length,
  rules: questions.filter(({ when }) => when).length + 4 * BLOCKS,
};

/** The form for Counterfoil: `form.yaml`. */
export function asYaml(perPage) {
  const lines = [
    "form: many-questions",
    "title: A form of many questions",
    "authority: Example City Council",
    "currency: GBP",
    "timezone: Europe/London",
    "languages: [en]",
    "effective: 2026-01-01..",
    "rounding: half_up",
    "parameters:",
    "  rate:",
    "    type: money",
    `    value: ${RATE}`,
    "  per_guest:",
    "    type: money",
    `    value: ${PER_GUEST}`,
    "pages:",
  ];
  pages(perPage).forEach((page, number) => {
    lines.push(`  - page: page_${number + 1}`, `    title: Page ${number + 1}`, "    fields:");
    for (const question of page) lines.push(...yamlOf(question));
  });
  lines.push("checks:");
  for (const p of blocks) {
    lines.push(`  - check: ${p}order`, `    at: ${p}closes`, `    require: ${p}closes > ${p}opens`);
    lines.push("    say: It must close after it opens");
    lines.push(`  - check: ${p}cost`, `    at: ${p}amount`, `    require: ${p}amount <= ${p}guests * per_guest`);
    lines.push("    say: It must not cost more than 100 pounds a guest");
  }
  lines.push("decisions:", "  - decision: licence", "    title: Licence", "    rules:");
  for (const p of blocks) {
    lines.push(`      - rule: ${p}crowd`, `        require: ${p}guests <= 300`);
    lines.push("        say: At most 300 guests may come");
  }
  lines.push("fees:");
  blocks.forEach((p, block) => {
    lines.push(`  - fee: ${p}fee`, `    label: Place ${block + 1}`, `    when: ${p}used`);
    lines.push(`    amount: ${p}people * rate`);
  });
  return `${lines.join("\n")}\n`;
}

function yamlOf(question) {
  const { prefix, id, type, when, options } = question;
  const lines = [`      - field: ${prefix}${id}`, `        type: ${type}`, `        label: "${label(question)}"`];
  for (const key of ["scale", "min", "max"]) {
    if (question[key] !== undefined) lines.push(`        ${type === "text" ? "max_length" : key}: ${question[key]}`);
  }
  if (options) lines.push("        options:", ...Object.entries(options).map(([id, text]) => `          ${id}: ${text}`));
  if (when) lines.push(`        when: ${CONDITIONS[when](prefix)[0]}`);
  return lines;
}

/** The same form for SurveyJS. Lines of the fee, the total and the verdict are calculated values. */
export function asSurvey(perPage) {
  const all = (names, between) => names.map((name) => `{${name}}`).join(between);
  const lines = blocks.map((p) => `${p}fee`);
  const rules = blocks.map((p) => `${p}crowd`);
  return {
    title: "A form of many questions",
    checkErrorsMode: "onValueChanged",
    textUpdateMode: "onTyping",
    showQuestionNumbers: "off",
    pages: pages(perPage).map((page, number) => ({
      name: `page_${number + 1}`,
      title: `Page ${number + 1}`,
      elements: page.map(surveyOf),
    })),
    calculatedValues: [
      ...blocks.map((p) => ({ name: `${p}crowd`, expression: `{${p}guests} <= 300` })),
      ...blocks.map((p) => ({ name: `${p}fee`, expression: `iif({${p}used} = true, {${p}people} * ${RATE}, 0)` })),
      { name: "total", expression: all(lines, " + ") },
      { name: "licence", expression: all(rules, " and ") },
    ],
  };
}

function surveyOf(question) {
  const { prefix, id, type, min, max, scale, options, when } = question;
  const element = { name: `${prefix}${id}`, title: label(question), isRequired: true, validators: [] };
  const offered = type === "boolean" ? YES_OR_NO : options;
  if (offered) {
    const value = (id) => (type === "boolean" ? id === "true" : id);
    const choices = Object.entries(offered).map(([id, text]) => ({ value: value(id), text }));
    Object.assign(element, { type: "radiogroup", choices });
  } else if (type === "text") {
    Object.assign(element, { type: "text", maxLength: max });
  } else if (type === "date") {
    Object.assign(element, { type: "text", inputType: "date" });
  } else {
    const step = { integer: 1, money: 0.01, decimal: 1 / 10 ** (scale ?? 0) }[type];
    Object.assign(element, { type: "text", inputType: "number", min, max, step });
  }
  if (when) element.visibleIf = CONDITIONS[when](prefix)[1];
  const rule = (expression, text) => element.validators.push({ type: "expression", expression, text });
  if (id === "closes") rule(`{${prefix}closes} > {${prefix}opens}`, "It must close after it opens");
  if (id === "amount") {
    rule(`{${prefix}amount} <= {${prefix}guests} * ${PER_GUEST}`, "It must not cost more than 100 pounds a guest");
  }
  return element;
}
