// The whole report that the engine gives for the building permit, in plain JavaScript: the same bytes for the
// published submissions. The engine goes on where this does not: it refuses keys off the form, and texts and
// lists where there are none.

import { decimal, money, read, sum } from "./permit-answers.mjs";
import { ZONES, baseFee, halfUp, planFee } from "./permit.mjs";

const ifKnown = (value, print) => (value === undefined ? undefined : print(value));
const moneyOrNull = (cents) => (cents === undefined ? null : money(cents));
const thousandths = (units) => decimal(units, 1000);

// What is calculated from the answers; undefined where it is open.
function calculate(answers) {
  const { structures, site_area_m2: area, site_zone } = answers;
  const built = structures?.map(({ use_class: use, floor_area_m2, storeys, value }) => ({
    base: use === undefined || value === undefined ? undefined : baseFee(use, value / 100),
    storeys: storeys === undefined ? undefined : Math.max(0, storeys - 2),
    parking: ifKnown(use, () => (["multifamily", "commercial"].includes(use) ? floor_area_m2 : 0)),
  }));
  const zone = ZONES[site_zone];
  return {
    built,
    zone,
    value: sum(structures?.map(({ value }) => value)),
    floorArea: sum(structures?.map((structure) => structure.floor_area_m2)),
    highestArea: area === undefined || !zone ? undefined : area * zone.factor,
    spaces: ifKnown(sum(built?.map(({ parking }) => parking)), (area) => Math.floor(area / 10000)),
  };
}

// What is undefined leaves the object when it is written.
const values = ({ built, zone, value, floorArea, highestArea, spaces }) => ({
  structures: (built ?? []).map(({ base, storeys, parking }) => ({
    base_fee: ifKnown(base, money),
    extra_storeys: storeys,
    parking_area: ifKnown(parking, decimal),
  })),
  structures_value: ifKnown(value, money),
  floor_area: ifKnown(floorArea, decimal),
  highest_floor_area: ifKnown(highestArea, thousandths),
  highest_storeys: zone?.height,
  spaces_needed: spaces,
});

// True where all are, false where one is, and null where that is open.
function all(results) {
  if (!results || results.includes(false)) return results ? false : null;
  return results.includes(null) ? null : true;
}

// Parameters of which one is known at least.
const anyKnown = (params) =>
  Object.values(params).some((value) => value !== undefined) ? params : undefined;

const compared = (a, b, holds) => (a === undefined || b === undefined ? null : holds(a, b));

function rules(answers, { zone, floorArea, highestArea, spaces }) {
  const { structures } = answers;
  const list = [
    {
      rule: "zone_use",
      holds: all(
        structures?.map(({ use_class: use }) => compared(use, zone, () => zone.uses.includes(use))),
      ),
    },
    {
      rule: "density",
      holds: compared(floorArea, highestArea, (area, highest) => 10 * area <= highest),
      params: anyKnown({
        floor_area: ifKnown(floorArea, decimal),
        highest_floor_area: ifKnown(highestArea, thousandths),
      }),
    },
  ];
  if (answers.site_flood_zone !== false) {
    list.push({
      rule: "flood",
      holds: compared(answers.site_flood_elevation_m, 150, (elevation, least) => elevation >= least),
      params: { flood_level: "1.5" },
    });
  }
  list.push({
    rule: "height",
    holds: all(
      structures?.map(({ storeys }) => compared(storeys, zone, () => storeys <= zone.height)),
    ),
    params: anyKnown({ highest_storeys: zone?.height }),
  });
  if (answers.site_heritage !== false) {
    const holds = compared(
      answers.site_heritage,
      answers.project_work_type,
      (_, work) => work !== "demolition",
    );
    list.push({ rule: "heritage", holds });
  }
  list.push({
    rule: "parking",
    holds: compared(answers.project_parking_spaces, spaces, (parking, needed) => parking >= needed),
    params: anyKnown({ spaces_needed: spaces }),
  });
  return list;
}

// What is open of what the rules read, in the order of the questions.
function needs(answers) {
  const keys = ["site_area_m2", "site_zone", "site_flood_zone"];
  if (answers.site_flood_zone) keys.push("site_flood_elevation_m");
  keys.push("site_heritage");
  if (answers.site_heritage) keys.push("project_work_type");
  keys.push("project_parking_spaces", "structures");
  const paths = keys.filter((key) => answers[key] === undefined);
  answers.structures?.forEach((structure, index) => {
    for (const key of ["use_class", "floor_area_m2", "storeys"]) {
      if (structure[key] === undefined) paths.push(`structures[${index}].${key}`);
    }
  });
  return paths;
}

function permit(answers, calculated) {
  const list = rules(answers, calculated);
  const holds = all(list.map((rule) => rule.holds));
  const verdict = { true: "eligible", false: "ineligible", null: "undetermined" }[holds];
  const open = holds === null ? needs(answers) : [];
  return { decision: "permit", verdict, rules: list, needs: open };
}

function fees(answers, { built }, eligible) {
  const lines = [];
  let subtotal = 0;
  const add = (id, amount) => {
    lines.push({ id, amount: moneyOrNull(amount) });
    subtotal = sum([subtotal, amount]);
  };
  const unlessZero = (id, amount) => {
    if (amount !== 0) add(id, amount);
  };
  const base = built?.length === 0 ? 12000 : sum(built?.map((structure) => structure.base));
  const plan = ifKnown(answers.works_declared_value, planFee);
  add("base", base);
  add("plan", plan);
  const storeys = sum(built?.map((structure) => structure.storeys));
  unlessZero("storey", ifKnown(storeys, (count) => count * 7550));
  const flooded = answers.site_flood_zone;
  if (flooded !== false) add("flood", ifKnown(flooded, () => 25000));
  const heritage = answers.site_heritage;
  if (heritage !== false) add("heritage", ifKnown(heritage, () => 18050));
  const share = { none: 0, silver: 75, gold: 150 }[answers.decl_green_cert];
  unlessZero("green", share === undefined ? undefined : ifKnown(plan, () => 0 - halfUp(plan * share, 1000)));
  const { applicant_kind: kind, decl_nonprofit: nonprofit } = answers;
  if (kind !== "person" && nonprofit !== false) {
    unlessZero("nonprofit", nonprofit ? ifKnown(base, () => 0 - halfUp(base * 400, 1000)) : undefined);
  }
  const expedited = answers.decl_expedited;
  if (expedited !== false) {
    unlessZero("expedite", expedited ? ifKnown(subtotal, () => halfUp(subtotal * 175, 1000)) : undefined);
  }
  if (subtotal === undefined || subtotal > 1200000) add("cap", ifKnown(subtotal, () => 1200000 - subtotal));
  if (subtotal === undefined || subtotal < 12500) add("floor", ifKnown(subtotal, () => 12500 - subtotal));
  return { currency: "EUR", lines, total: eligible ? moneyOrNull(subtotal) : null };
}

/** The whole report for a submission as text, under the plan of that id, on a day as `YYYY-MM-DD`. */
export function report(json, plan, asOf) {
  const { errors, missing, ignored, answers, known } = read(JSON.parse(json));
  const calculated = calculate(known);
  const decision = permit(known, calculated);
  return JSON.stringify({
    form: "building-permit",
    plan,
    semantics: 1,
    as_of: asOf,
    status: errors.length > 0 ? "invalid" : missing.length > 0 ? "incomplete" : "complete",
    errors,
    missing,
    ignored,
    answers,
    values: values(calculated),
    decisions: [decision],
    fees: fees(known, calculated, decision.verdict === "eligible"),
  });
}
