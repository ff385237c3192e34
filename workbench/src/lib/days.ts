// Days as the server writes them, YYYY-MM-DD, and their numbers, for a slider.

const DAY = 86_400_000;

/** The number of a day since 1970, or `null` if the text is not a day of the calendar. */
export function number(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? null : time / DAY;
}

/** The day of a number. */
export const day = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);

/** The same day of another month; the last of the month where it is shorter. */
export function months(from: string, by: number): string {
  const date = new Date(`${from}T00:00:00Z`);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + by);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return date.toISOString().slice(0, 10);
}

/** The day within the two, which are in order. Days in this form sort as texts. */
export const within = (value: string, first: string, last: string): string =>
  value < first ? first : value > last ? last : value;

/** A day as it is read in a language. */
export function name(value: string, language: string): string {
  const at = number(value);
  if (at === null) return value;
  const form = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return form.format(at * DAY);
}
