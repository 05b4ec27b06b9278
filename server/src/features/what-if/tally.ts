import type { WhatIfAnswer } from "@hanyouxu/api";
import type { Decision, RefusedStart } from "@hanyouxu/rules";
import type { PastStart } from "./queries.ts";

/** What the rules say of one start as it was, and with the change. */
export type JudgedTwice = Record<"before" | "after", Pick<Decision, "outcome" | "reasons">>;

const MOST_EXAMPLES = 20;

/** Counts what each start was and would have been. */
export class Tally {
  readonly refused: Record<"before" | "after", RefusedStart[]> = { before: [], after: [] };
  readonly #before = { grant: 0, refuse: 0, require: 0 };
  readonly #after = { grant: 0, refuse: 0, require: 0 };
  readonly #changes = new Map<string, WhatIfAnswer["changes"][number]>();
  readonly #rules = new Map<string, WhatIfAnswer["rules"][number]>();
  /** The newest last. */
  readonly #examples: WhatIfAnswer["examples"] = [];
  #looked = 0;
  #drifted = 0;

  add(start: PastStart, judged: JudgedTwice): void {
    const { before, after } = judged;
    this.#looked++;
    if (before.outcome !== start.outcome) this.#drifted++;
    this.#before[before.outcome]++;
    this.#after[after.outcome]++;
    for (const when of ["before", "after"] as const) this.#countReasons(start, judged, when);
    if (before.outcome === after.outcome) return;
    const key = `${before.outcome}-${after.outcome}`;
    const change = this.#changes.get(key) ?? { before: before.outcome, after: after.outcome, count: 0 };
    change.count++;
    this.#changes.set(key, change);
    this.#examples.push({
      decisionId: start.decision_id,
      decidedAt: start.decided_at.toISOString(),
      machineId: start.machine_id,
      machineName: start.machine_name,
      before: before.outcome,
      after: after.outcome,
      reasons: (after.outcome === "grant" ? before : after)
        .reasons as WhatIfAnswer["examples"][number]["reasons"],
    });
    if (this.#examples.length > MOST_EXAMPLES) this.#examples.shift();
  }

  figures(): Pick<
    WhatIfAnswer,
    "looked" | "drifted" | "before" | "after" | "changes" | "rules" | "examples"
  > {
    const moved = ({ before, after }: { before: number; after: number }) => Math.abs(after - before);
    return {
      looked: this.#looked,
      drifted: this.#drifted,
      before: this.#before,
      after: this.#after,
      changes: [...this.#changes.values()].sort((one, other) => other.count - one.count),
      rules: [...this.#rules.values()].sort(
        (one, other) => moved(other) - moved(one) || other.before - one.before,
      ),
      examples: this.#examples.toReversed(),
    };
  }

  #countReasons(start: PastStart, judged: JudgedTwice, when: "before" | "after"): void {
    const { outcome, reasons } = judged[when];
    for (const { pack, ruleId, title } of reasons) {
      const key = `${pack}/${ruleId}`;
      const rule = this.#rules.get(key) ?? { pack, ruleId, title, before: 0, after: 0 };
      rule[when]++;
      this.#rules.set(key, rule);
    }
    if (outcome === "grant") return;
    this.refused[when].push({
      atMs: start.decided_at.getTime(),
      welderId: start.welder_id,
      ruleIds: reasons.map(({ ruleId }) => ruleId),
    });
  }
}
