// A plan as it is entered, and the rows of the table of plans that it becomes: one for each issue that it decides.

import type { CaseState, Cells } from "./types";

export interface Plan {
  title: string;
  date: string;
  source: string;
  /** The option chosen, by issue; issues that it leaves open are not in it. */
  options: Record<string, string>;
}

/** A name for a plan that no other has: the letters and digits of its title. */
export function planId(title: string, taken: readonly string[]): string {
  const plain = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  const name = plain || "plan";
  let id = name;
  for (let number = 2; taken.includes(id); number++) id = `${name}-${number}`;
  return id;
}

/** Its rows. The day and the source stand on each: a row without a day would count as always known. */
export function planRows(plan: Plan, issues: CaseState["issues"], id: string): Cells[] {
  return issues
    .filter((issue) => plan.options[issue.id])
    .map((issue, index) => {
      const option = plan.options[issue.id] ?? "";
      const label = issue.options.find((one) => one.id === option)?.label ?? "";
      return {
        package: id,
        title: index === 0 ? plan.title : "",
        issue: issue.id,
        option,
        clause: label,
        date: plan.date,
        source_id: plan.source,
      };
    });
}
