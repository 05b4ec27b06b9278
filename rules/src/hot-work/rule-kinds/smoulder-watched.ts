import { type Clause, platformPolicy } from "../../clause.ts";
import { type CheckResult, fail, need, pass } from "../../rule.ts";
import { minutesMs } from "../example-facts.ts";
import type { HotWorkFacts } from "../facts.ts";
import { examplesOf, type HotWorkRule, type RuleMaker, step } from "../hot-work-rule.ts";
import type { HotWorkPolicy } from "../policy.ts";
import { defaultHotWorkPolicy } from "../policy.ts";
import type { HotWorkRegime } from "../regime.ts";
import { smoulderWatchOf } from "../smoulder-watch.ts";
import { aroundTime } from "./limit-examples.ts";

const watch = step("watch-for-smoulder", "完成余火监护", "Complete the smoulder watch");

/** The watch after the work was kept without a gap, from the last arc on, and the checks after it in time. */
export function smoulderWatched(
  rule: RuleMaker,
  rank: number,
  regimes: readonly [HotWorkRegime, ...HotWorkRegime[]],
  clause: Clause,
): HotWorkRule {
  const example = examplesOf(regimes[0], "close");
  const { minutes, checksMinutes, checkEveryMinutes } = smoulderWatchOf(
    regimes[0],
    null,
    defaultHotWorkPolicy,
  );
  return rule({
    id: "smoulder-watch-kept",
    rank,
    regimes,
    moments: ["close"],
    title: {
      zh: "余火监护不足：应连续监护 {minutes} 分钟{checksZh}",
      en: "The smoulder watch was too short: {minutes} min without a gap{checksEn}",
    },
    clause,
    fix: { zh: "请继续监护，时间到后再关闭", en: "Go on watching and close when the time is up" },
    check: checkWatch,
    examples: [
      ...aroundTime(example, { value: minutes, unit: "min" }, ["fail", "pass", "pass"], (facts, ms) =>
        watched(ms)(facts),
      ),
      example("the watch began a minute after the last arc", "fail", (facts) => {
        watched(minutesMs(minutes + 30))(facts);
        facts.progress.smoulderWatchedFromMs! += minutesMs(1) + 1;
      }),
      example("nobody watched", "need", (facts) => {
        facts.progress.smoulderWatchedFromMs = null;
      }),
      example("nobody knows when the work ended", "need", (facts) => {
        facts.progress.lastWorkEndedAtMs = null;
      }),
      ...(checkEveryMinutes === null
        ? []
        : [
            example("checks in time", "pass", checked(minutes, [20, 40, checksMinutes])),
            example("checks until just too early", "fail", checked(minutes, [20, 40, checksMinutes - 0.001])),
            example("checks just too far apart", "fail", checked(minutes, [20, 40.001, checksMinutes])),
            example("no checks", "fail", checked(minutes, [])),
            example("a check after the closing does not count", "fail", checked(minutes, [20, 40, 61])),
          ]),
    ],
  });
}

/** Time that the watch may need to take its place. */
const settlingMs = minutesMs(1);

function checkWatch(facts: HotWorkFacts, policy: HotWorkPolicy, atMs: number): CheckResult {
  const { lastWorkEndedAtMs, smoulderWatchedFromMs, smoulderWatchedToMs, smoulderChecksAtMs } =
    facts.progress;
  if (lastWorkEndedAtMs === null || smoulderWatchedFromMs === null || smoulderWatchedToMs === null)
    return need(watch);
  const { minutes, checksMinutes, checkEveryMinutes } = smoulderWatchOf(
    facts.regime,
    facts.materials,
    policy,
  );
  const watchedToMs = Math.min(smoulderWatchedToMs, atMs);
  const isWatched =
    smoulderWatchedFromMs <= lastWorkEndedAtMs + settlingMs &&
    watchedToMs - lastWorkEndedAtMs >= minutesMs(minutes);
  const isChecked =
    checkEveryMinutes === null ||
    areChecksInTime(
      smoulderChecksAtMs.filter((checkedAtMs) => checkedAtMs <= atMs),
      watchedToMs,
      lastWorkEndedAtMs + minutesMs(minutes + checksMinutes),
      minutesMs(checkEveryMinutes),
    );
  if (isWatched && isChecked) return pass();
  return fail({
    minutes,
    checksZh:
      checkEveryMinutes === null ? "" : `，之后 ${checksMinutes} 分钟内每 ${checkEveryMinutes} 分钟检查一次`,
    checksEn:
      checkEveryMinutes === null
        ? ""
        : `, then a check every ${checkEveryMinutes} min for ${checksMinutes} min`,
  });
}

/** From the end of the watch to the instant, no gap between looks longer than allowed. */
function areChecksInTime(
  checksAtMs: readonly number[],
  fromMs: number,
  toMs: number,
  everyMs: number,
): boolean {
  let seenAtMs = fromMs;
  for (const checkedAtMs of [...checksAtMs].sort((a, b) => a - b)) {
    if (seenAtMs >= toMs) break;
    if (checkedAtMs - seenAtMs > everyMs) return false;
    seenAtMs = Math.max(seenAtMs, checkedAtMs);
  }
  return seenAtMs >= toMs;
}

function watched(ms: number) {
  return ({ progress }: HotWorkFacts) => {
    progress.smoulderWatchedFromMs = progress.lastWorkEndedAtMs;
    progress.smoulderWatchedToMs = progress.lastWorkEndedAtMs! + ms;
  };
}

/** Something could smoulder, and checks came so many minutes after the continuous watch. */
function checked(minutes: number, afterMinutes: readonly number[]) {
  return (facts: HotWorkFacts) => {
    watched(minutesMs(minutes))(facts);
    facts.materials = ["insulation"];
    facts.progress.smoulderChecksAtMs = afterMinutes.map(
      (after) => facts.progress.smoulderWatchedToMs! + minutesMs(after),
    );
  };
}

export const chinaSmoulderClause = platformPolicy(
  "smoulderWatchMinutes",
  "smoulderChecksMinutes",
  "smoulderCheckEveryMinutes",
);
