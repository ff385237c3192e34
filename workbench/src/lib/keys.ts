// The keys of the coding desk: figures and the two lower rows for options, the upper row for kinds and for what a key does.

export const OPTION_KEYS = "123456789asdfghjklzxcvbnm";
export const KIND_KEYS = "qwertyu";
export const USE_KEYS = "iop";

/**
 * The key that was pressed, by the letter on it where it is Latin, else by its place on the keyboard: who writes Cyrillic
 * or Arabic need not switch. Figures go by their place, since Shift has a meaning of its own.
 */
export function keyOf(event: Pick<KeyboardEvent, "key" | "code">): string {
  const figure = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (figure) return figure;
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? "";
}
