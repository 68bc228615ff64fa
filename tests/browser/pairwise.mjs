// Ways to combine things: all of them, or few in which every two values still meet.

/** Every combination of some factors, each a name with its values. */
export function every(factors) {
  return Object.entries(factors).reduce(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** The pairs of values, of two factors each, that a combination has. */
function pairs(combination) {
  const entries = Object.entries(combination);
  return entries.flatMap((left, index) =>
    entries.slice(index + 1).map((right) => `${left.join("=")} ${right.join("=")}`),
  );
}

/** Combinations in which every two values of two factors meet: each next one brings most new pairs. */
export function pairwise(factors) {
  const all = every(factors);
  const open = new Set(all.flatMap(pairs));
  const chosen = [];
  while (open.size > 0) {
    const news = (combination) => pairs(combination).filter((pair) => open.has(pair)).length;
    const best = all.reduce((best, one) => (news(one) > news(best) ? one : best));
    for (const pair of pairs(best)) open.delete(pair);
    chosen.push(best);
  }
  return chosen;
}
