/** What a tab keeps of a form, as long as it is open. */

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

export function kept(key: string): string | null {
  try {
    return sessionStorage.getItem(key) ?? memory.get(key) ?? null;
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
