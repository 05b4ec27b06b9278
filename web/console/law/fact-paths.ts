export type FactValue = string | number | boolean | null | readonly (string | number)[];

/** One fact: where it stands in the facts, such as `place.isOutdoors` or `gasTests.0.gas`, and what it says. */
export interface Fact {
  path: string;
  value: FactValue;
}

/** How a fact is edited. */
export type FactKind = "known" | "metres" | "instant" | "choice" | "choices" | "instants" | "number" | "text";

/** Facts with a closed set of values, by the last part of their path. */
export const FACT_CHOICES: Readonly<Record<string, readonly string[]>> = {
  status: ["draft", "approved", "suspended", "withdrawn", "closed"],
  gradeDeclared: ["special", "grade-1", "grade-2"],
  approverRole: ["unit", "safety-department", "senior-manager"],
  openingHours: ["open", "closed"],
  place: ["surroundings", "inside-equipment", "confined-space"],
  materials: ["non-combustible", "combustible-construction", "insulation", "dust"],
};

/** Every fact that can be tried out; ids are none. */
export function factsIn(facts: object, prefix = ""): Fact[] {
  return Object.entries(facts).flatMap(([key, value]: [string, unknown]): Fact[] => {
    if (key === "id" || (prefix === "" && (key === "regime" || key === "moment"))) return [];
    const path = `${prefix}${key}`;
    const isList = Array.isArray(value);
    if (isList && !value.some((one) => typeof one === "object")) {
      return value.length > 0 || key !== "gasTests" ? [{ path, value }] : [];
    }
    if (typeof value === "object" && value !== null) return factsIn(value, `${path}.`);
    return [{ path, value: value as FactValue }];
  });
}

export function kindOf(path: string): FactKind {
  const key = lastOf(path);
  if (key === "materials") return "choices";
  if (key === "smoulderChecksAtMs") return "instants";
  if (key.endsWith("Ms")) return "instant";
  if (path.startsWith("distances.")) return "metres";
  if (/^(is|are|has|uses)[A-Z]/.test(key)) return "known";
  if (key === "gas" || key.endsWith("Day")) return "text";
  return FACT_CHOICES[key] ? "choice" : "number";
}

export function lastOf(path: string): string {
  return path.split(".").at(-1)!;
}

/** The facts with one of them replaced. */
export function withFact(facts: object, path: string, value: FactValue): object {
  const [key = "", ...rest] = path.split(".");
  const change = (part: unknown) =>
    rest.length === 0 ? value : withFact(part as object, rest.join("."), value);
  if (Array.isArray(facts)) return facts.map((part, index) => (String(index) === key ? change(part) : part));
  return { ...facts, [key]: change(facts[key as keyof typeof facts]) };
}

/** What somebody typed as a fact; what cannot be read is sent as it is, and the platform says what is wrong. */
export function readFact(kind: FactKind, typed: string): FactValue {
  const text = typed.trim();
  if (text === "") return kind === "instants" ? [] : null;
  if (kind === "instants")
    return text.split(/[,，;；]/).map((one) => readFact("instant", one) as string | number);
  if (kind === "instant") {
    const atMs = Date.parse(`${text.replace(" ", "T")}+08:00`);
    return Number.isNaN(atMs) ? text : atMs;
  }
  if (kind === "text") return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
