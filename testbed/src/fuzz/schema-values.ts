import { hostileText, type SeededRandom } from "./hostile-values.ts";

/** As much of JSON Schema as the contract uses. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  format?: string;
  pattern?: string;
}

/** Text that fits the patterns that the contract has; what is not listed gets free text. */
const BY_PATTERN: [RegExp, (random: SeededRandom) => string][] = [
  [/1\[3-9\]/, (random) => `139${digits(random, 8)}`],
  [/\\d\{6\}\$/, (random) => digits(random, 6)],
  [/\\d\{2\}\|/, (random) => digits(random, random.pick([2, 4, 6, 9]))],
  [
    /a-z2-7/,
    (random) =>
      Array.from({ length: 16 }, () => random.pick([..."abcdefghijklmnopqrstuvwxyz234567"])).join(""),
  ],
];

/** A value that the schema allows, as far as that can be seen from it. Ids are new, so they name nothing that exists. */
export function sampleOf(
  random: SeededRandom,
  schema: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
  depth = 0,
): unknown {
  if (schema.$ref) return sampleOf(random, schemas[schema.$ref.split("/").at(-1)!] ?? {}, schemas, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const alternatives = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (alternatives) return sampleOf(random, random.pick(alternatives), schemas, depth + 1);
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
  if (type === "object" || schema.properties) {
    const required = new Set(schema.required);
    const kept = Object.entries(schema.properties ?? {}).filter(
      ([name]) => required.has(name) || random.chance(0.5),
    );
    return Object.fromEntries(kept.map(([name, own]) => [name, sampleOf(random, own, schemas, depth + 1)]));
  }
  if (type === "array") {
    const length = depth > 4 ? 0 : random.below(3);
    return Array.from({ length }, () => sampleOf(random, schema.items ?? {}, schemas, depth + 1));
  }
  if (type === "integer" || type === "number") return numberOf(random, schema, type === "integer");
  if (type === "boolean") return random.chance(0.5);
  if (type === "null") return null;
  return textOf(random, schema);
}

function numberOf(
  random: SeededRandom,
  { minimum = 0, maximum = minimum + 1000 }: JsonSchema,
  isWhole: boolean,
): number {
  const [low, high] = [Math.max(minimum, -1e6), Math.min(maximum, 1e6)];
  const value = low + random.next() * (high - low);
  return isWhole ? Math.round(value) : value;
}

function textOf(random: SeededRandom, { format, pattern, minLength = 0 }: JsonSchema): string {
  if (format === "uuid") return uuidOf(random);
  if (format === "date-time") return new Date(1.7e12 + random.below(1e11)).toISOString();
  const known = pattern && BY_PATTERN.find(([shape]) => shape.test(pattern));
  if (known) return known[1](random);
  if (pattern?.includes("A-Za-z0-9+/"))
    return Buffer.from(random.bytes(random.below(300))).toString("base64");
  return hostileText(random).padEnd(minLength, "x");
}

function uuidOf(random: SeededRandom): string {
  const hex = Buffer.from(random.bytes(16)).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function digits(random: SeededRandom, count: number): string {
  return Array.from({ length: count }, () => random.below(10)).join("");
}
