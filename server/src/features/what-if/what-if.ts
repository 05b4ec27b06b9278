import { bilingual, type PolicyValues, type WhatIfAnswer } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import {
  type AlarmPolicy,
  alarmKindTable,
  alarmPolicy,
  type CivilDay,
  countRefusalAlarms,
  judge,
  type PolicyProblem,
  type Rule,
  rulesInForce,
  type StartFacts,
  type StartPolicy,
  shanghaiDay,
  startPolicy,
} from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { inBackground } from "../../db/background.ts";
import { alarmPolicyFrom, storedPolicyOf } from "../../db/region-policy.ts";
import type { ReachedRows } from "../../db/within-scope.ts";
import { AppError } from "../../errors.ts";
import { START_PACKS } from "../decisions/decisions.ts";
import { countPastStarts, type PastStart, selectPastStarts } from "./queries.ts";
import { type JudgedTwice, Tally } from "./tally.ts";

/** More would keep a person waiting; beyond, every n-th welder stands for the others. */
const MOST_STARTS = 50_000;
const STARTS_AT_ONCE = 200;

export interface WhatIf {
  scope: ReachedRows;
  region: RegionCode;
  from: Date;
  to: Date;
  start: PolicyValues;
  alarm: PolicyValues;
  /** `pack/id` of rules that are left out. */
  without: readonly string[];
}

type StartRules = readonly Rule<StartFacts, StartPolicy>[];

/**
 * Decides the starts of a past time again, each at its own instant and with the policy of its day, once as it was and once
 * with the change. What was not asked then stays unknown: a start that would have been granted has no work after it.
 * @throws what_if.no_rule, what_if.invalid
 */
export async function answerWhatIf(
  ctx: Pick<AppContext, "db" | "clock">,
  asked: WhatIf,
): Promise<WhatIfAnswer> {
  const alarms = await alarmPolicies(ctx, asked);
  checkChange(asked);
  const total = await countPastStarts(ctx.db, asked);
  const everyNth = Math.max(1, Math.ceil(total / MOST_STARTS));
  const tally = new Tally();
  let after: PastStart | undefined;
  do {
    // Others go first: nobody's power waits for a question about last month.
    const starts = await inBackground(() =>
      selectPastStarts(ctx.db, asked, { everyNth, after, most: STARTS_AT_ONCE }),
    );
    for (const start of starts) tally.add(start, judgedTwice(start, asked));
    after = starts.length < STARTS_AT_ONCE ? undefined : starts.at(-1);
  } while (after);
  return {
    region: asked.region,
    from: asked.from.toISOString(),
    to: asked.to.toISOString(),
    total,
    everyNthWelder: everyNth,
    ...tally.figures(),
    alarms: alarmFigures(tally, alarms),
  };
}

function judgedTwice(start: PastStart, { start: values, without }: WhatIf): JudgedTwice {
  const atMs = start.decided_at.getTime();
  const rules = rulesOn(shanghaiDay(atMs));
  const policy = completed(start.policy);
  return {
    before: judge(rules, start.facts, policy, atMs),
    after: judge(withoutSome(rules, without), start.facts, completed({ ...start.policy, ...values }), atMs),
  };
}

const rulesOn = (day: CivilDay): StartRules => rulesInForce(START_PACKS, day);

const keyOf = ({ pack, id }: { pack: string; id: string }) => `${pack}/${id}`;

function withoutSome(rules: StartRules, without: readonly string[]): StartRules {
  return without.length === 0 ? rules : rules.filter((rule) => !without.includes(keyOf(rule)));
}

/** A stored policy with defaults for numbers that there were not yet; those that are gone are left out. */
function completed(values: Record<string, unknown>): StartPolicy {
  const made = startPolicy({ version: "", ...values });
  if (made.ok) return made.policy;
  const gone = new Set(made.problems.map(({ field }) => field));
  const rest = Object.fromEntries(Object.entries(values).filter(([name]) => !gone.has(name)));
  const again = startPolicy({ version: "", ...rest });
  if (!again.ok) throw new Error(`a stored policy cannot be read: ${JSON.stringify(again.problems)}`);
  return again.policy;
}

function checkChange({ start, without }: WhatIf): void {
  const known = new Set(START_PACKS.flatMap((pack) => pack.rules.map(keyOf)));
  const unknown = without.findIndex((key) => !known.has(key));
  if (unknown >= 0) throw new AppError("what_if.no_rule", { details: { without: without[unknown] } });
  const made = startPolicy({ ...start, version: "what-if" });
  if (!made.ok) throw invalid("start", made.problems);
}

async function alarmPolicies(ctx: Pick<AppContext, "db" | "clock">, { region, alarm }: WhatIf) {
  const stored = await storedPolicyOf(ctx.db, region, ctx.clock.nowMs());
  const before = alarmPolicyFrom(stored);
  const made = alarmPolicy({ ...before, ...alarm, version: "what-if" });
  if (!made.ok) throw invalid("alarm", made.problems);
  return { before, after: made.policy };
}

function invalid(part: "start" | "alarm", problems: readonly PolicyProblem[]): AppError {
  const fields = problems.map(({ field, reason }) => ({
    path: `body.${part}.${field}`,
    message: bilingual(reason.zh, reason.en),
  }));
  return new AppError("what_if.invalid", { fields });
}

function alarmFigures(
  { refused }: Tally,
  policies: { before: AlarmPolicy; after: AlarmPolicy },
): WhatIfAnswer["alarms"] {
  const before = countRefusalAlarms(refused.before, policies.before);
  const after = countRefusalAlarms(refused.after, policies.after);
  const kinds = [
    ...new Set([...Object.keys(before), ...Object.keys(after)]),
  ].sort() as (keyof typeof before)[];
  return kinds.map((kind) => ({
    kind,
    title: alarmKindTable[kind].title,
    before: before[kind] ?? 0,
    after: after[kind] ?? 0,
  }));
}
