import { certificateFamilyTable } from "../certificate-family.ts";
import { shanghaiDay } from "../civil-day.ts";
import { processTitles, type WeldingProcess } from "../process.ts";
import { type CheckResult, fail, pass } from "../rule.ts";
import { countsForStart } from "../start/certificate-narrowing.ts";
import type { StartFacts } from "../start/facts.ts";
import type { StartRule } from "../start/start-rule.ts";
import { fillText, type Text } from "../text.ts";
import { cellExamples } from "./cell-examples.ts";
import type { RegimeLaw } from "./certificate-table.ts";
import { countingCertificates, coveringCertificates } from "./counting-certificates.ts";
import { workRegimeTitles } from "./work-regime.ts";

export const certificatePackId = "certificate-law";

/** What a cell says of a certificate that counts here but is not in order while another, which does not, is. */
const notInOrder: { title: Text; fix: Text } = {
  title: {
    zh: "{regimeZh}的{processZh}只认{neededZh}，而该证书已过期、待复审或未通过审核",
    en: "For {processEn}, {regimeEn} takes only the {neededEn}, and that certificate has expired, awaits review or was not approved",
  },
  fix: {
    zh: "请先换证、复审或等待审核通过：{neededZh}",
    en: "First renew it, have it reviewed or wait for its approval: {neededEn}",
  },
};

/** The rule of one cell of the table: which families count for one process in one regime, in one wording. */
export function cellRule(law: RegimeLaw, process: WeldingProcess, rank: number): StartRule {
  const { regime, version, effectiveFrom, effectiveTo, clause } = law;
  const families = law.familiesFor(process);
  const words = {
    regimeZh: workRegimeTitles[regime].zh,
    regimeEn: workRegimeTitles[regime].en,
    processZh: processTitles[process].zh,
    processEn: processTitles[process].en,
    neededZh: families.map((family) => certificateFamilyTable[family].title.zh).join("或"),
    neededEn: families.map((family) => certificateFamilyTable[family].title.en).join(" or "),
  };
  const check = (facts: StartFacts, _policy: unknown, atMs: number): CheckResult => {
    const needs = facts.machine.tsgNeeds ?? {};
    const counting = countingCertificates(facts.certificates, process, families, needs);
    const held = coveringCertificates(facts.certificates, process)[0]!.family;
    if (counting.length === 0) return fail({ regime, process, held });
    const day = shanghaiDay(atMs);
    if (countsForStart(counting, process, day)) return pass();
    // Where no certificate at all is in order, the rules on dates and standing say so, with their clause.
    return countsForStart(facts.certificates, process, day)
      ? fail({ regime, process, held }, undefined, filled(notInOrder, words))
      : pass();
  };
  return {
    id: cellId(law, process),
    pack: certificatePackId,
    version,
    rank,
    ...filled(
      {
        title: {
          zh: "{regimeZh}的{processZh}，这类操作证在此不作数",
          en: "This kind of certificate does not count for {processEn} in {regimeEn}",
        },
        fix: { zh: "请登记并使用：{neededZh}", en: "Register and use the {neededEn}" },
      },
      words,
    ),
    clause,
    effectiveFrom,
    ...(effectiveTo === undefined ? {} : { effectiveTo }),
    appliesTo: (facts) =>
      (facts.enterprise.regime ?? "general") === regime &&
      facts.machine.process === process &&
      // Without a certificate for the process the rules on certificates have said what is missing.
      coveringCertificates(facts.certificates, process).length > 0,
    check,
    examples: cellExamples(law, process),
  };
}

export function cellId(law: RegimeLaw, process: WeldingProcess): string {
  return `${law.regime}-${process.toLowerCase()}`;
}

function filled(
  { title, fix }: { title: Text; fix: Text },
  words: Record<string, string>,
): { title: Text; fix: Text } {
  return { title: fillText(title, words), fix: fillText(fix, words) };
}
