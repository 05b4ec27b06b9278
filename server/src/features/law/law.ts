import type { LawCell, LawCellDetail, LawCertificate, Reason } from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import {
  type CertificateCell,
  type CertificateQuestion,
  certificateQuestion,
  certificateTable,
  decide,
  defaultStartPolicy,
  shanghaiDay,
  type WorkRegime,
} from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { START_PACKS } from "../decisions/decisions.ts";
import { setEnterpriseRegime } from "./queries.ts";

export function lawCellOf({ rule, regime, process, families }: CertificateCell): LawCell {
  return {
    ruleId: rule.id,
    version: rule.version,
    regime,
    process,
    families: [...families],
    title: rule.title,
    fix: rule.fix,
    clause: rule.clause,
    effectiveFrom: rule.effectiveFrom,
    effectiveTo: rule.effectiveTo ?? null,
  };
}

/** One cell in force on the day with its examples, each decided as a start would be; undefined when there is none. */
export function lawCellDetailOf(ruleId: string, day: string): LawCellDetail | undefined {
  const cell = certificateTable(day).find(({ rule }) => rule.id === ruleId);
  if (!cell) return undefined;
  const examples = cell.rule.examples.map(({ name, facts, policy, atMs }) => {
    const { outcome, reasons } = decide(START_PACKS, facts, policy, atMs, sha256);
    return {
      name,
      day: shanghaiDay(atMs),
      certificates: facts.certificates as LawCertificate[],
      outcome,
      reasons: reasons as Reason[],
    };
  });
  return { ...lawCellOf(cell), examples };
}

/** What the packs say when all but the certificates is in order. */
export function tryCertificates(question: CertificateQuestion) {
  const { facts, atMs } = certificateQuestion(question);
  const { outcome, reasons } = decide(START_PACKS, facts, defaultStartPolicy, atMs, sha256);
  return { outcome, reasons: reasons as Reason[] };
}

/** The next decision on a machine of the enterprise is made under this regime. */
export async function setRegime(
  ctx: Pick<AppContext, "db" | "audit">,
  enterprise: { enterprise_id: EnterpriseId; regime: WorkRegime },
  regime: WorkRegime,
  actor: string,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await setEnterpriseRegime(tx, enterprise.enterprise_id, regime);
    await ctx.audit.record(tx, {
      actor,
      action: "enterprise.regime_set",
      subject: `enterprise:${enterprise.enterprise_id}`,
      details: { before: enterprise.regime, after: regime },
    });
  });
}
