/** How long a device keeps answers. */

/** The longest time for which a device keeps answers, in days after the last change. */
const MOST_DAYS = 30;
const DAY_MS = 86_400_000;
/** Days of a unit of time, rounded down: nothing is kept longer than the form declares. */
const DAYS = { days: 1, weeks: 7, months: 28, years: 365 } as const;

interface Retention {
  readonly number: number;
  readonly unit: keyof typeof DAYS;
}

/** How long a device keeps answers to a form, in milliseconds: no longer than the form declares for any purpose. */
export function retentionOf(plan: string): number {
  const { parts } = JSON.parse(plan) as {
    parts: { rules: { privacy?: { purposes: readonly { retention: Retention }[] } | null } };
  };
  const purposes = parts.rules.privacy?.purposes ?? [];
  return DAY_MS * Math.min(MOST_DAYS, ...purposes.map(({ retention: { number, unit } }) => number * DAYS[unit]));
}
