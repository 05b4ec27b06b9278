import type { CertificateFamily } from "../certificate-family.ts";
import type { CivilDay } from "../civil-day.ts";
import { type WeldingProcess, weldingProcesses } from "../process.ts";
import type { RulePack } from "../rule.ts";
import type { StartFacts } from "../start/facts.ts";
import type { StartPolicy } from "../start/policy.ts";
import type { StartRule } from "../start/start-rule.ts";
import { cellRule, certificatePackId } from "./cell-rule.ts";
import { regimeLaws } from "./certificate-table.ts";
import type { WorkRegime } from "./work-regime.ts";

/** One cell of the table with the rule that it is. */
export interface CertificateCell {
  regime: WorkRegime;
  process: WeldingProcess;
  families: readonly CertificateFamily[];
  rule: StartRule;
}

/** After the start pack's rules on certificates (ranks 10 to 14), before those on machines. */
const rank = 15;

const cells: readonly CertificateCell[] = regimeLaws.flatMap((law) =>
  weldingProcesses.map((process) => ({
    regime: law.regime,
    process,
    families: law.familiesFor(process),
    rule: cellRule(law, process, rank),
  })),
);

/** Which certificate counts where: process × regime × family, each cell a rule. */
export const certificatePack: RulePack<StartFacts, StartPolicy> = {
  id: certificatePackId,
  title: { zh: "什么证在哪里算数", en: "Which certificate counts where" },
  rules: cells.map(({ rule }) => rule),
};

/** The table as it is in force on a Shanghai day, row by row. */
export function certificateTable(day: CivilDay): CertificateCell[] {
  return cells.filter(
    ({ rule }) => rule.effectiveFrom <= day && (rule.effectiveTo === undefined || day <= rule.effectiveTo),
  );
}
