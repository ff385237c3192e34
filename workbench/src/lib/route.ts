// The address: which page, at which days, with which choices. Everything else of the view can be lost.

export interface Route {
  page: string;
  /** The day asked about; the last of the record where it is null. */
  at: string | null;
  /** The day by which rows had to be known; the day asked about where it is null. */
  known: string | null;
  /** Choices of a page, by name. */
  choices: Record<string, string[]>;
}

const FIRST = "now";
const DATES = ["at", "known"];

/** Reads the part of the address after the number sign. */
export function read(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const parameters = new URLSearchParams(search);
  const choices: Record<string, string[]> = {};
  for (const name of new Set(parameters.keys())) {
    const values = (parameters.get(name) ?? "").split(",").filter(Boolean);
    if (!DATES.includes(name) && values.length > 0) choices[name] = values;
  }
  return { page: path || FIRST, at: parameters.get("at"), known: parameters.get("known"), choices };
}

/** Writes it. */
export function write(route: Route): string {
  const parts: string[] = [];
  if (route.at) parts.push(`at=${encodeURIComponent(route.at)}`);
  if (route.known) parts.push(`known=${encodeURIComponent(route.known)}`);
  for (const [name, values] of Object.entries(route.choices)) {
    if (values.length > 0) parts.push(`${encodeURIComponent(name)}=${values.map(encodeURIComponent).join(",")}`);
  }
  return `#/${route.page}${parts.length > 0 ? `?${parts.join("&")}` : ""}`;
}
