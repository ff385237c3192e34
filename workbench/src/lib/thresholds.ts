// Thresholds as the address holds them: "Russia:0.45".

/** What is set by hand, by actor; shares from 0 to 1. */
export type Thresholds = Record<string, number>;

export function readThresholds(texts: readonly string[]): Thresholds {
  const pairs = texts.map((text): [string, number] => {
    const colon = text.lastIndexOf(":");
    return [text.slice(0, colon), Number(text.slice(colon + 1))];
  });
  return Object.fromEntries(pairs.filter(([actor, value]) => actor !== "" && value >= 0 && value <= 1));
}

export const writeThresholds = (thresholds: Thresholds): string[] =>
  Object.entries(thresholds).map(([actor, value]) => `${actor}:${value}`);
