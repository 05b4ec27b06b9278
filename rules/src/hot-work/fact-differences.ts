import { exampleHotWorkFacts } from "./example-facts.ts";
import type { HotWorkFacts } from "./facts.ts";

/**
 * What sets facts apart from the good case of their regime and moment at an instant: dotted path → value. Lists, and
 * parts that are missing on one side, are given whole.
 */
export function factDifferences(facts: HotWorkFacts, atMs: number): Record<string, unknown> {
  return differences(exampleHotWorkFacts(facts.regime, facts.moment, atMs), facts, "");
}

function differences(base: object, other: object, path: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(other)) {
    const before: unknown = base[key as keyof typeof base];
    if (isPart(value) && isPart(before)) Object.assign(found, differences(before, value, `${path}${key}.`));
    else if (JSON.stringify(value) !== JSON.stringify(before)) found[path + key] = value;
  }
  return found;
}

function isPart(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
