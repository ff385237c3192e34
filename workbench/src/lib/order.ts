// The order of a table's rows by one column.

/** Texts as people sort them: numbers in them by their value. */
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

export type Direction = "ascending" | "descending";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NUMBER = /^[-−–]?\d[\d\u00a0, ]*(\.\d+)?/;

/** A number that sorts "17 February 2026" and "2026-02-17" as days; `null` if the text is no day. */
function dayOf(text: string): number | null {
  const written = /^(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})/.exec(text);
  const month = written ? MONTHS.indexOf((written[2] ?? "").toLowerCase()) : -1;
  if (written && month >= 0) return Number(written[3]) * 10_000 + (month + 1) * 100 + Number(written[1]);
  const plain = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  return plain ? Number(plain[1]) * 10_000 + Number(plain[2]) * 100 + Number(plain[3]) : null;
}

function value(text: string): number | null {
  const day = dayOf(text);
  if (day !== null) return day;
  const found = NUMBER.exec(text);
  return found ? Number(found[0].replace(/[−–]/, "-").replace(/[\u00a0, ]/g, "")) : null;
}

/** Numbers and days by their value, other texts by the alphabet, empty ones last in either direction. */
export function sorted<T>(rows: readonly T[], text: (row: T) => string, direction: Direction): T[] {
  const sign = direction === "ascending" ? 1 : -1;
  return rows
    .map((row) => ({ row, text: text(row).trim() }))
    .sort((a, b) => {
      if (!a.text || !b.text) return Number(!a.text) - Number(!b.text);
      const [x, y] = [value(a.text), value(b.text)];
      if (x !== null && y !== null && x !== y) return sign * (x - y);
      return sign * collator.compare(a.text, b.text);
    })
    .map(({ row }) => row);
}
