// The building permit's rules as plain JavaScript, written as a web developer would: it is what pages do
// today, and the engine in Wasm is held against it.

export const missing = (value) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
export const hundredths = (number) => Math.round(number * 100);
export const halfUp = (a, b) => Math.floor((2 * a + b) / (2 * b));

export const POSTCODE = /^[A-Z]{2}[0-9]{2} [0-9]{3}$/;
export const EMAIL = /^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$/;
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
export const USES = ["dwelling", "multifamily", "commercial", "industrial", "accessory"];
export const FEATURES = ["pool", "solar", "fireplace", "elevator", "basement"];

export function isDate(text) {
  const parts = DATE.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

const text = (min, max, pattern, code = "pattern") => (value) => {
  const length = [...value].length;
  if (length < min || length > max) return "length";
  return pattern && !pattern.test(value) ? code : undefined;
};
const pattern = (regex) => text(0, Infinity, regex);
const oneOf = (options) => (value) => (options.includes(value) ? undefined : "enum");
const several = (options) => (value) =>
  value.every((item) => options.includes(item)) ? undefined : "enum";
const boolean = () => undefined;
const accepted = (value) => (value === true ? undefined : "accepted");
const decimal = (min, max) => (value) => {
  if (typeof value !== "number") return "type";
  if (value < min || value > max) return "range";
  return hundredths(value) / 100 === value ? undefined : "scale";
};
const integer = (min, max) => (value) => {
  if (typeof value !== "number" || !Number.isInteger(value)) return "type";
  return value < min || value > max ? "range" : undefined;
};
const date = (min, max) => (value) => {
  if (!isDate(value)) return "date";
  return value < min || value > max ? "range" : undefined;
};

const company = (s) => s.applicant_kind === "company";
const elsewhere = (s) => s.site_same_address === false;
const contracted = (s) => s.contractor_used === true;
const after = (s, sound) =>
  !sound("project_start_date") || s.project_end_date > s.project_start_date ? undefined : "after_start";
const covers = (s, sound) =>
  !sound("project_end_date") || s.contractor_licence_expires >= s.project_end_date
    ? undefined
    : "covers_end";
const signed = (s, sound) =>
  !sound("applicant_full_name") || s.decl_signature === s.applicant_full_name ? undefined : "signature";
const before = (s, sound) =>
  !sound("project_start_date") || s.decl_signed_on <= s.project_start_date ? undefined : "before_start";

// Key, check, and what else there is: when it is asked, when it must be answered, the rule across fields.
const FIELDS = [
  ["applicant_kind", oneOf(["person", "company"])],
  ["applicant_full_name", text(2, 80)],
  ["applicant_company_name", text(2, 100), { shown: company }],
  ["applicant_company_number", pattern(/^[A-Z]{2}[0-9]{6}$/), { shown: company }],
  ["applicant_email", text(6, 120, EMAIL, "email")],
  ["applicant_contact_by", several(["email", "phone", "post"])],
  [
    "applicant_phone",
    pattern(/^\+?[0-9]{7,15}$/),
    { required: (s) => !missing(s.applicant_contact_by) && s.applicant_contact_by.includes("phone") },
  ],
  ["applicant_street", text(3, 120)],
  ["applicant_city", text(2, 60)],
  ["applicant_postcode", pattern(POSTCODE)],
  ["site_same_address", boolean],
  ["site_street", text(3, 120), { shown: elsewhere }],
  ["site_postcode", pattern(POSTCODE), { shown: elsewhere }],
  ["site_parcel_id", pattern(/^[0-9]{3}-[0-9]{4}-[0-9]{2}$/)],
  ["site_area_m2", decimal(20, 1000000)],
  ["site_zone", oneOf(["R1", "R2", "C1", "M1", "I1"])],
  ["site_flood_zone", boolean],
  ["site_flood_elevation_m", decimal(0, 200), { shown: (s) => s.site_flood_zone === true }],
  ["site_heritage", boolean],
  ["site_heritage_ref", pattern(/^H[0-9]{5}$/), { shown: (s) => s.site_heritage === true }],
  ["project_work_type", oneOf(["new", "addition", "alteration", "demolition"])],
  ["project_description", text(10, 500)],
  ["project_start_date", date("2025-01-01", "2030-12-31")],
  ["project_end_date", date("2025-01-01", "2035-12-31"), { across: after }],
  [
    "project_existing_area_m2",
    decimal(0, 100000),
    { shown: (s) => ["addition", "alteration"].includes(s.project_work_type) },
  ],
  ["project_demolition_plan", accepted, { shown: (s) => s.project_work_type === "demolition" }],
  ["project_parking_spaces", integer(0, 500)],
  ["structures"],
  [
    "works_declared_value",
    decimal(0, 250000000),
    {
      across: (s, sound, list) =>
        list.sum === undefined || hundredths(s.works_declared_value) === list.sum ? undefined : "sum",
    },
  ],
  [
    "works_features",
    several(FEATURES),
    {
      required: () => false,
      across: (s, sound, list) =>
        !list.high || (s.works_features ?? []).includes("elevator") ? undefined : "elevator",
      blank: true,
    },
  ],
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
].map(([key, check, also = {}]) => ({ key, check, ...also }));

const ITEM = [
  ["use_class", oneOf(USES)],
  ["floor_area_m2", decimal(1, 50000)],
  ["storeys", integer(1, 40)],
  ["value", decimal(0, 50000000)],
];

function checkStructures(s, errors) {
  const list = s.structures;
  if (missing(list)) {
    if (["new", "addition"].includes(s.project_work_type)) errors.push(["structures", "required"]);
    return { high: false };
  }
  if (list.length > 5) {
    errors.push(["structures", "items"]);
    return { high: false };
  }
  let sum = 0;
  let high = false;
  list.forEach((item, index) => {
    for (const [key, check] of ITEM) {
      const value = item[key];
      const code = missing(value) ? "required" : check(value);
      if (code) {
        errors.push([`structures[${index}].${key}`, code]);
        if (key === "value") sum = undefined;
      } else if (key === "storeys" && value > 5) {
        high = true;
      } else if (key === "value" && sum !== undefined) {
        sum += hundredths(value);
      }
    }
  });
  return { sum, high };
}

function check(s) {
  const errors = [];
  const sound = new Set();
  let list = { high: false };
  for (const { key, check, shown, required, across, blank } of FIELDS) {
    if (key === "structures") {
      list = checkStructures(s, errors);
      continue;
    }
    if (shown && !shown(s)) continue;
    const value = s[key];
    let code;
    if (missing(value)) {
      if (!required || required(s)) code = "required";
      else if (!blank) continue;
    } else {
      code = check(value);
      if (!code) sound.add(key);
    }
    code ??= across?.(s, (other) => sound.has(other), list);
    if (code) errors.push([key, code]);
  }
  return errors;
}

export const ZONES = {
  R1: { uses: ["dwelling", "accessory"], factor: 5, height: 3 },
  R2: { uses: ["dwelling", "multifamily", "accessory"], factor: 10, height: 6 },
  C1: { uses: ["commercial", "multifamily", "accessory"], factor: 30, height: 12 },
  M1: { uses: USES, factor: 25, height: 20 },
  I1: { uses: ["industrial", "commercial", "accessory"], factor: 15, height: 8 },
};

function reasons(s, built) {
  const zone = ZONES[s.site_zone];
  const area = (items) => items.reduce((sum, item) => sum + hundredths(item.floor_area_m2), 0);
  const parked = built.filter((item) => ["multifamily", "commercial"].includes(item.use_class));
  const rules = {
    ZONE_USE: built.every((item) => zone.uses.includes(item.use_class)),
    DENSITY: 10 * area(built) <= hundredths(s.site_area_m2) * zone.factor,
    FLOOD: s.site_flood_zone === false || hundredths(s.site_flood_elevation_m) >= 150,
    HEIGHT: built.every((item) => item.storeys <= zone.height),
    HERITAGE: !(s.site_heritage && s.project_work_type === "demolition"),
    PARKING: s.project_parking_spaces >= Math.floor(area(parked) / 10000),
  };
  return Object.keys(rules).filter((code) => !rules[code]);
}

const BASE = {
  dwelling: [8500, 14250, 32500, 78000, 165000],
  multifamily: [12500, 24500, 61250, 148000, 325000],
  commercial: [15000, 31500, 79500, 189000, 412500],
  industrial: [14000, 28750, 70000, 171500, 366000],
  accessory: [4500, 7750, 15500, 36000, 80000],
};
const TIERS = [25000, 100000, 500000, 2000000];
const BANDS = [
  [0, 5000000, 600],
  [5000000, 25000000, 450],
  [25000000, 100000000, 300],
  [100000000, Infinity, 125],
];

/** The base fee of a structure in cents; its value is in the currency's unit. */
export const baseFee = (use, value) => BASE[use][TIERS.filter((tier) => value >= tier).length];

/** The fee for the review of the plan, in cents, as is the declared value. */
export const planFee = (declared) =>
  halfUp(
    BANDS.reduce((sum, [from, to, rate]) => sum + Math.max(Math.min(declared, to) - from, 0) * rate, 0),
    100000,
  );

function fees(s, built) {
  const base =
    built.length === 0
      ? 12000
      : built.reduce((sum, { use_class, value }) => sum + baseFee(use_class, value), 0);
  const plan = planFee(hundredths(s.works_declared_value));
  const lines = [
    ["BASE", base],
    ["PLAN", plan],
  ];
  const add = (code, cents) => {
    if (cents !== 0) lines.push([code, cents]);
  };
  const total = () => lines.reduce((sum, [, cents]) => sum + cents, 0);
  add("STOREY", 7550 * built.reduce((sum, { storeys }) => sum + Math.max(0, storeys - 2), 0));
  add("FLOOD", s.site_flood_zone ? 25000 : 0);
  add("HERITAGE", s.site_heritage ? 18050 : 0);
  add("GREEN", 0 - halfUp(plan * ({ silver: 75, gold: 150 }[s.decl_green_cert] ?? 0), 1000));
  if (company(s) && s.decl_nonprofit) add("NONPROFIT", 0 - halfUp(base * 400, 1000));
  if (s.decl_expedited) add("EXPEDITE", halfUp(total() * 175, 1000));
  const sum = total();
  if (sum > 1200000) add("CAP", 1200000 - sum);
  else if (sum < 12500) add("FLOOR", 12500 - sum);
  return lines;
}

/** The workload's result for a submission. */
export function evaluate(s) {
  const errors = check(s);
  const result = { valid: errors.length === 0, errors, eligible: false, reasons: [], fee_cents: null, lines: [] };
  if (!result.valid) return result;
  const built = s.structures ?? [];
  result.reasons = reasons(s, built);
  if (result.reasons.length > 0) return result;
  result.eligible = true;
  result.lines = fees(s, built);
  result.fee_cents = result.lines.reduce((sum, [, cents]) => sum + cents, 0);
  return result;
}

/** The workload's result line for a submission as text. */
export const line = (json) => JSON.stringify(evaluate(JSON.parse(json)));
