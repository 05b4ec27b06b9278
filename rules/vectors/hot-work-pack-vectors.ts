/**
 * The examples of the packs on hot work with what they lead to, and the numbers of the law as its functions give them.
 * A case is a base case with some facts set: `set` maps a dotted path to its value.
 */
import { createHash } from "node:crypto";
import {
  approverLevel,
  breakMinutesWithoutRetest,
  confinedSpaceTicketHours,
  type Decision,
  decide,
  defaultHotWorkPolicy,
  exampleHotWorkAtMs,
  exampleHotWorkFacts,
  factDifferences,
  gasLimit,
  type HotWorkFacts,
  hotWorkGrades,
  hotWorkMoments,
  hotWorkPacks,
  hotWorkRecordKeptUntil,
  hotWorkRegimes,
  ruleKey,
  simopsDistances,
  smoulderWatchOf,
  ticketHours,
} from "../src/index.ts";

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());

export function hotWorkPackVectors() {
  const policy = defaultHotWorkPolicy;
  const regimesAndMoments = hotWorkRegimes.flatMap((regime) =>
    hotWorkMoments.map((moment) => ({ regime, moment })),
  );
  return {
    packs: hotWorkPacks.map(({ id }) => id),
    rules: hotWorkPacks.flatMap((pack) => pack.rules.map(ruleKey)).sort(),
    defaultPolicy: policy,
    bases: Object.fromEntries(
      regimesAndMoments.map(({ regime, moment }) => [
        `${regime}/${moment}`,
        exampleHotWorkFacts(regime, moment),
      ]),
    ),
    numbers: {
      ticketHours: hotWorkGrades.map((grade) => ({
        grade,
        hours: ticketHours(grade, "chemical", policy).hours,
      })),
      confinedSpaceTicketHours,
      approverLevel: hotWorkGrades.map((grade) => ({ grade, role: approverLevel(grade, "chemical").role })),
      breakMinutesWithoutRetest: hotWorkGrades.map((grade) => ({
        grade,
        minutes: breakMinutesWithoutRetest(grade),
      })),
      gasLimit: [3.9, 3.999, 4, 4.001, 4.1].map((lelVolPercent) => ({
        lelVolPercent,
        volPercent: gasLimit(lelVolPercent).volPercent,
      })),
      keptUntil: (["ticket", "video"] as const).flatMap((record) =>
        ["2026-01-31", "2026-02-28", "2026-11-23"].map((closedDay) => ({
          record,
          closedDay,
          day: hotWorkRecordKeptUntil(record, closedDay),
        })),
      ),
      simopsMetres: simopsDistances("chemical").map(({ kind, metres }) => ({ kind, metres })),
      smoulderWatch: hotWorkRegimes.map((regime) => {
        const { minutes, checksMinutes, checkEveryMinutes } = smoulderWatchOf(regime, null, policy);
        return { regime, minutes, checksMinutes, checkEveryMinutes };
      }),
    },
    cases: hotWorkPacks.flatMap((pack) =>
      pack.rules.flatMap((rule) =>
        rule.examples.map(({ name, facts, policy: tried, atMs, expected }) => ({
          rule: ruleKey(rule),
          name,
          expected,
          atMs,
          policy: Object.fromEntries(
            Object.entries(tried).filter(([key, value]) => value !== policy[key as keyof typeof policy]),
          ),
          base: `${facts.regime}/${facts.moment}`,
          set: factDifferences(facts, exampleHotWorkAtMs),
          ...compact(decide(hotWorkPacks, facts, tried, atMs, sha256)),
        })),
      ),
    ),
  };
}

/** What a vector keeps of a decision. */
export function compact({ outcome, reasons }: Decision) {
  return {
    outcome,
    reasons: reasons.map(
      ({ kind, pack, ruleId, ruleVersion, clause }) =>
        `${kind} ${pack}/${ruleId}@${ruleVersion} ${clause.article ?? "-"}`,
    ),
  };
}

/** A base case with the facts of `set` put in. */
export function withFacts(base: HotWorkFacts, set: Readonly<Record<string, unknown>>): HotWorkFacts {
  const facts = structuredClone(base);
  for (const [path, value] of Object.entries(set)) {
    const keys = path.split(".");
    const last = keys.pop()!;
    const part = keys.reduce<object>((whole, key) => whole[key as keyof typeof whole], facts);
    Object.assign(part, { [last]: value });
  }
  return facts;
}
