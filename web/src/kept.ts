/** What a tab keeps of a form, as long as it is open, and what the device keeps where the citizen chose it. */

/** Where the browser refuses storage, or has no more room, a reload loses what is kept here. */
const memory = new Map<string, string>();

export function keep(key: string, text: string): void {
  memory.set(key, text);
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // Kept in memory all the same.
  }
}

/** What was kept of a form: by this tab, or else by the device. */
export function kept(key: string): string | null {
  try {
    return sessionStorage.getItem(key) ?? memory.get(key) ?? keptOnDevice(key)?.text ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

export function forget(key: string): void {
  memory.delete(key);
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was stored.
  }
}

/** Answers that the device keeps beyond the tab. */
export interface Draft {
  /** When they are to be removed, in milliseconds since 1970. */
  readonly until: number;
  readonly text: string;
}

/** The name under which the device keeps a form's answers. */
export const onDevice = (key: string): string => `${key}:device`;

/** Keeps nothing of a form on the device any more. */
export function forgetOnDevice(key: string): void {
  try {
    localStorage.removeItem(onDevice(key));
  } catch {
    // Nothing was stored.
  }
}

/** What the device keeps of a form; what is to be kept no longer is removed. */
export function keptOnDevice(key: string): Draft | undefined {
  const name = onDevice(key);
  const draft = JSON.parse(localStorage.getItem(name) ?? "null") as Draft | null;
  if (draft && draft.until > Date.now()) return draft;
  localStorage.removeItem(name);
  return undefined;
}
