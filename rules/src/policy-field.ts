import { type CivilDay, isCivilDay } from "./civil-day.ts";
import type { Text } from "./text.ts";

/** One regional value: its default, its bounds and what it means. */
export type PolicyField =
  | { kind: "number"; default: number; min: number; max: number; unit: string; doc: Text }
  | { kind: "choice"; default: string; choices: readonly string[]; doc: Text }
  /** Days of the calendar, such as public holidays. */
  | { kind: "days"; default: readonly CivilDay[]; doc: Text }
  /** Programs by `<id>@<version>`. */
  | { kind: "programs"; default: readonly string[]; doc: Text };

type PolicyFields = Readonly<Record<string, PolicyField>>;
type ValueOf<Field> = Field extends { kind: "choice"; choices: readonly (infer Choice)[] }
  ? Choice
  : Field extends { kind: "days" }
    ? readonly CivilDay[]
    : Field extends { kind: "programs" }
      ? readonly string[]
      : number;

/** The values of a table of fields, with the version that names them in the audit. */
export type PolicyOf<Fields extends PolicyFields> = { version: string } & {
  -readonly [Key in keyof Fields]: ValueOf<Fields[Key]>;
};

export interface PolicyProblem {
  field: string;
  reason: Text;
}

/** Longest list of days that a policy may hold: some years of holidays. */
export const MOST_POLICY_DAYS = 400;
/** Longest list of programs. */
export const MOST_POLICY_PROGRAMS = 10;
/** A program with its version: the next version is another program, until somebody has agreed to it. */
const PROGRAM = /^[a-z0-9][a-z0-9-]{0,18}@[A-Za-z0-9.+-]{1,20}$/;

/**
 * A policy from regional overrides, the defaults for what they leave out. Unknown fields, wrong types, values out
 * of bounds and a version that is missing are problems, each naming its field.
 */
export function policyFrom<Fields extends PolicyFields>(
  fields: Fields,
  overrides: Readonly<Record<string, unknown>> & { version: string },
): { ok: true; policy: PolicyOf<Fields> } | { ok: false; problems: PolicyProblem[] } {
  const problems: PolicyProblem[] = [];
  if (typeof overrides.version !== "string" || overrides.version === "") {
    problems.push({ field: "version", reason: { zh: "需要版本号", en: "needs a version" } });
  }
  const policy: Record<string, unknown> = { version: overrides.version };
  for (const [name, field] of Object.entries<PolicyField>(fields)) {
    const value = Object.hasOwn(overrides, name) ? overrides[name] : field.default;
    const reason = problemOf(field, value);
    if (reason) problems.push({ field: name, reason });
    else policy[name] = value;
  }
  for (const name of Object.keys(overrides)) {
    if (name !== "version" && !Object.hasOwn(fields, name)) {
      problems.push({ field: name, reason: { zh: "没有这一项", en: "is no policy value" } });
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, policy: policy as PolicyOf<Fields> };
}

/** The values every region starts with. */
export function defaultPolicy<Fields extends PolicyFields>(fields: Fields): PolicyOf<Fields> {
  const values = Object.entries<PolicyField>(fields).map(([name, field]) => [name, field.default]);
  return Object.freeze({ version: "default-1", ...Object.fromEntries(values) }) as PolicyOf<Fields>;
}

function problemOf(field: PolicyField, value: unknown): Text | undefined {
  switch (field.kind) {
    case "choice": {
      if (typeof value === "string" && field.choices.includes(value)) return undefined;
      const choices = field.choices.join(" | ");
      return { zh: `只能是 ${choices}`, en: `must be one of ${choices}` };
    }
    case "days": {
      const isList = Array.isArray(value) && value.length <= MOST_POLICY_DAYS;
      if (isList && value.every((day) => typeof day === "string" && isCivilDay(day))) return undefined;
      return {
        zh: `应为日期的列表（年-月-日），最多 ${MOST_POLICY_DAYS} 天`,
        en: `must be a list of days as YYYY-MM-DD, at most ${MOST_POLICY_DAYS}`,
      };
    }
    case "programs": {
      const isList = Array.isArray(value) && value.length <= MOST_POLICY_PROGRAMS;
      if (isList && value.every((name) => typeof name === "string" && PROGRAM.test(name))) return undefined;
      return {
        zh: `应为“名称@版本”的列表，最多 ${MOST_POLICY_PROGRAMS} 个`,
        en: `must be a list of name@version, at most ${MOST_POLICY_PROGRAMS}`,
      };
    }
    case "number": {
      if (typeof value === "number" && value >= field.min && value <= field.max) return undefined;
      const range = `${field.min}–${field.max} ${field.unit}`.trim();
      return { zh: `应为 ${range} 的数`, en: `must be a number, ${range}` };
    }
  }
}

export function number(value: number, min: number, max: number, unit: string, zh: string, en: string) {
  return { kind: "number", default: value, min, max, unit, doc: { zh, en } } as const;
}

export function choice<const Choices extends readonly string[]>(
  choices: Choices,
  value: Choices[number],
  zh: string,
  en: string,
) {
  return { kind: "choice", default: value, choices, doc: { zh, en } } as const;
}

export function days(zh: string, en: string) {
  return { kind: "days", default: [] as readonly CivilDay[], doc: { zh, en } } as const;
}

export function programs(zh: string, en: string) {
  return { kind: "programs", default: [] as readonly string[], doc: { zh, en } } as const;
}
