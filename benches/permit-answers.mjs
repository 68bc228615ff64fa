// The questions of the building permit in their order, for the whole report: what is wrong, missing or not
// asked, and what is known after them.

import { EMAIL, FEATURES, POSTCODE, USES, ZONES, hundredths, isDate, missing } from "./permit.mjs";

/** Hundredths, or what part of one the factor says, as a text without zeros at its end. */
export const decimal = (units, factor = 100) => String(units / factor);

/** Cents as a text with both digits. */
export const money = (cents) => (cents / 100).toFixed(2);

/** The sum of all parts; nothing where one of them is open, or where it is open which there are. */
export const sum = (parts) =>
  parts?.reduce((a, b) => (a === undefined || b === undefined ? undefined : a + b), 0);

// What an answer comes to: a value to calculate with and the answer as reports have it, or a fault.
const sound = (value, answer = value) => ({ value, answer });
const fault = (code, params = {}) => ({ code, params });

const text = (min, max, pattern, wrong = fault("pattern")) => (value) => {
  const { length } = [...value];
  if (length < min) return fault("length", { min_length: min });
  if (length > max) return fault("length", { max_length: max });
  return pattern && !pattern.test(value) ? wrong : sound(value);
};
const pattern = (regex) => text(0, 1000, regex);
const oneOf = (options) => (value) => (options.includes(value) ? sound(value) : fault("option"));
const several = (options) => (value) =>
  value.every((item) => options.includes(item))
    ? sound(
        value,
        options.filter((option) => value.includes(option)),
      )
    : fault("option");
const boolean = (value) => sound(value);
const accepted = (value) => (value ? sound(value) : fault("accepted"));
const fraction = (type, print) => (min, max) => (value) => {
  if (typeof value !== "number") return fault("type", { type });
  if (value < min) return fault("range", { min: print(hundredths(min)) });
  if (value > max) return fault("range", { max: print(hundredths(max)) });
  const units = hundredths(value);
  return units / 100 === value ? sound(units, print(units)) : fault("scale", { scale: 2 });
};
const number = fraction("decimal", decimal);
const amount = fraction("money", money);
const integer = (min, max) => (value) => {
  if (!Number.isInteger(value)) return fault("type", { type: "integer" });
  if (value < min) return fault("range", { min });
  return value > max ? fault("range", { max }) : sound(value);
};
const date = (min, max) => (value) => {
  if (!isDate(value)) return fault("date");
  if (value < min) return fault("range", { min });
  return value > max ? fault("range", { max }) : sound(value);
};

// Whether two answers are both there and fail a comparison.
const failing = (a, b, fails) => a !== undefined && b !== undefined && fails(a, b);

const company = (known) => known.applicant_kind === "company";
const elsewhere = (known) => known.site_same_address === false;
const contracted = (known) => known.contractor_used === true;
const after = (known) =>
  failing(known.project_end_date, known.project_start_date, (end, start) => end <= start) && {
    check: "after_start",
  };
const declared = (known) => {
  const value = sum(known.structures?.map((structure) => structure.value));
  return (
    known.structures?.length > 0 &&
    failing(known.works_declared_value, value, (declared, value) => declared !== value) && {
      check: "sum",
      structures_value: money(value),
    }
  );
};
const lifted = (known) =>
  known.structures?.some(({ storeys }) => storeys > 5) &&
  !known.works_features?.includes("elevator") && { check: "elevator" };
const covers = (known) =>
  failing(known.contractor_licence_expires, known.project_end_date, (day, end) => day < end) && {
    check: "covers_end",
  };
const signed = (known) =>
  failing(known.decl_signature, known.applicant_full_name, (signature, name) => signature !== name) && {
    check: "signature",
  };
const before = (known) =>
  failing(known.decl_signed_on, known.project_start_date, (day, start) => day > start) && {
    check: "before_start",
  };

// Key, how it is read, and what else there is: when it is asked, when it must be answered, the check across
// fields, which gives the parameters of its message where it fails.
const FIELDS = [
  ["applicant_kind", oneOf(["person", "company"])],
  ["applicant_full_name", text(2, 80)],
  ["applicant_company_name", text(2, 100), { shown: company }],
  ["applicant_company_number", pattern(/^[A-Z]{2}[0-9]{6}$/), { shown: company }],
  ["applicant_email", text(6, 120, EMAIL, fault("format", { format: "email" }))],
  ["applicant_contact_by", several(["email", "phone", "post"])],
  [
    "applicant_phone",
    pattern(/^\+?[0-9]{7,15}$/),
    { required: (s) => s.applicant_contact_by?.includes("phone") },
  ],
  ["applicant_street", text(3, 120)],
  ["applicant_city", text(2, 60)],
  ["applicant_postcode", pattern(POSTCODE)],
  ["site_same_address", boolean],
  ["site_street", text(3, 120), { shown: elsewhere }],
  ["site_postcode", pattern(POSTCODE), { shown: elsewhere }],
  ["site_parcel_id", pattern(/^[0-9]{3}-[0-9]{4}-[0-9]{2}$/)],
  ["site_area_m2", number(20, 1000000)],
  ["site_zone", oneOf(Object.keys(ZONES))],
  ["site_flood_zone", boolean],
  ["site_flood_elevation_m", number(0, 200), { shown: (known) => known.site_flood_zone }],
  ["site_heritage", boolean],
  ["site_heritage_ref", pattern(/^H[0-9]{5}$/), { shown: (known) => known.site_heritage }],
  ["project_work_type", oneOf(["new", "addition", "alteration", "demolition"])],
  ["project_description", text(10, 500)],
  ["project_start_date", date("2025-01-01", "2030-12-31")],
  ["project_end_date", date("2025-01-01", "2035-12-31"), { across: after }],
  [
    "project_existing_area_m2",
    number(0, 100000),
    { shown: (known) => ["addition", "alteration"].includes(known.project_work_type) },
  ],
  ["project_demolition_plan", accepted, { shown: (known) => known.project_work_type === "demolition" }],
  ["project_parking_spaces", integer(0, 500)],
  ["structures"],
  ["works_declared_value", amount(0, 250000000), { across: declared }],
  ["works_features", several(FEATURES), { required: () => false, across: lifted }],
  ["contractor_used", boolean],
  ["contractor_name", text(2, 100), { shown: contracted }],
  ["contractor_licence", pattern(/^C[0-9]{7}$/), { shown: contracted }],
  [
    "contractor_licence_expires",
    date("2025-01-01", "2045-12-31"),
    { shown: contracted, across: covers },
  ],
  ["decl_nonprofit", boolean, { shown: company }],
  ["decl_green_cert", oneOf(["none", "silver", "gold"])],
  ["decl_expedited", boolean],
  ["decl_accurate", accepted],
  ["decl_signature", text(2, 80), { across: signed }],
  ["decl_signed_on", date("2024-01-01", "2030-12-31"), { across: before }],
].map(([key, read, also = {}]) => ({ key, read, ...also }));

const ITEM = [
  ["use_class", oneOf(USES)],
  ["floor_area_m2", number(1, 50000)],
  ["storeys", integer(1, 40)],
  ["value", amount(0, 50000000)],
];

// The records that are known, each with what is known of it.
function readStructures(s, known, found) {
  const list = s.structures;
  if (missing(list)) {
    if (["new", "addition"].includes(known.project_work_type)) found.missing.push("structures");
    else if (known.project_work_type !== undefined) return [];
    return undefined;
  }
  if (list.length > 5) {
    found.errors.push({ path: "structures", code: "items", params: { max: 5 } });
    return undefined;
  }
  found.answers.structures = [];
  return list.map((item, index) => {
    const [record, answers] = [{}, {}];
    for (const [key, read] of ITEM) {
      const path = `structures[${index}].${key}`;
      if (missing(item[key])) {
        found.missing.push(path);
        continue;
      }
      const { code, params, value, answer } = read(item[key]);
      if (code) {
        found.errors.push({ path, code, params });
      } else {
        record[key] = value;
        answers[key] = answer;
      }
    }
    found.answers.structures.push(answers);
    return record;
  });
}

/**
 * Reads a submission. In `known`, fractions and money are in hundredths, and what is open is undefined; the
 * rest is as reports have it.
 */
export function read(s) {
  const found = { errors: [], missing: [], ignored: [], answers: {}, known: {} };
  const { errors, answers, known } = found;
  for (const { key, read, shown, required, across } of FIELDS) {
    if (key === "structures") {
      known.structures = readStructures(s, known, found);
      continue;
    }
    const sent = typeof s[key] === "string" ? s[key].trim() : s[key];
    const blank = missing(sent);
    if (shown && !shown(known)) {
      if (!blank) found.ignored.push(key);
      continue;
    }
    if (blank) {
      if (!required || required(s)) {
        found.missing.push(key);
        continue;
      }
    } else {
      const { code, params, value, answer } = read(sent);
      if (code) {
        errors.push({ path: key, code, params });
        continue;
      }
      known[key] = value;
      answers[key] = answer;
    }
    const failed = across?.(known);
    if (failed) errors.push({ path: key, code: "check", params: failed });
  }
  return found;
}
