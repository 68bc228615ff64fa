// Cases for both sides.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../support.mjs";

/** The SHA-256 of a text, by which reports are named. */
export function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}

/** Answers to a form: its example, and the published cases where there are any. */
export function answersTo(form) {
  const read = (path) => readFileSync(join(root, path), "utf8");
  const published = `tests/conformance/${form}/vectors.ndjson`;
  const cases = existsSync(join(root, published))
    ? read(published).trim().split("\n").map((line) => JSON.parse(line).in)
    : [];
  return [JSON.parse(read(`forms/${form}/example.json`)), ...cases];
}

/**
 * Variants of some answers in which one thing is not as it should be, each as JSON text. Which
 * variant is made where follows from the position alone, so that every run is the same.
 */
export function* variants(answers, position) {
  yield JSON.stringify(answers);
  const keys = Object.keys(answers);
  if (keys.length === 0) return;
  const key = keys[position % keys.length];
  const { [key]: taken, ...rest } = answers;
  yield JSON.stringify(rest);
  const odd = ODDITIES[position % ODDITIES.length];
  // As text, so that a number's digits are those that stand here.
  yield `${JSON.stringify(rest).slice(0, -1)}${Object.keys(rest).length > 0 ? "," : ""}${JSON.stringify(key)}:${odd}}`;
  yield `{${JSON.stringify(key)}:${JSON.stringify(taken)},${JSON.stringify(answers).slice(1)}`;
}

const ODDITIES = [
  "null",
  "true",
  "0",
  "-0",
  "1e3",
  "12.50",
  "0.1e-400",
  "9".repeat(400),
  '""',
  '" "',
  '"2026-02-30"',
  '"\\u0000\\ud83d\\ude00"',
  "[]",
  "[[[[[[]]]]]]",
  "{}",
  '[{"$id":"a"},{"$id":"a"},1]',
  '{"a":{"b":{"c":{"d":{"e":1}}}}}',
];
