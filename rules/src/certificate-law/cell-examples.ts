import {
  type CertificateFamily,
  certificateFamilies,
  certificateFamilyTable,
} from "../certificate-family.ts";
import { certificateItems } from "../certificate-item.ts";
import { addDays, type CivilDay, shanghaiDayStartMs } from "../civil-day.ts";
import type { WeldingProcess } from "../process.ts";
import type { RuleExample } from "../rule.ts";
import { exampleDay, exampleFacts } from "../start/example-facts.ts";
import type { CertificateFacts, StartFacts } from "../start/facts.ts";
import { defaultStartPolicy, type StartPolicy } from "../start/policy.ts";
import type { RegimeLaw } from "./certificate-table.ts";

type CellExample = RuleExample<StartFacts, StartPolicy>;

/** The cases of one cell, each named by a word that screens translate. All on one day on which the cell is in force. */
export function cellExamples(law: RegimeLaw, process: WeldingProcess): CellExample[] {
  const day = law.effectiveTo ?? exampleDay;
  const families = law.familiesFor(process);
  const right = families.map((family) => certificateFor(family, process, day)).find((one) => one !== null);
  if (!right) return [];
  const wrong = certificateFamilies
    .filter((family) => !families.includes(family))
    .map((family) => certificateFor(family, process, day))
    .filter((one) => one !== null);
  const other: CertificateFacts = {
    ...right,
    family: "emergency",
    itemId: process === "BRAZING" ? "pressure-welding" : "brazing",
  };
  const example = (name: string, expected: CellExample["expected"], certificates: CertificateFacts[]) => {
    const atMs = shanghaiDayStartMs(day) + 9.5 * 3_600_000;
    const facts = exampleFacts(atMs);
    facts.certificates = certificates;
    facts.enterprise.regime = law.regime;
    facts.machine.process = process;
    return { name, facts, policy: defaultStartPolicy, atMs, expected };
  };
  return [
    example("valid", "pass", [right]),
    example("expires-today", "pass", [{ ...right, validToDay: day }]),
    example("expires-tomorrow", "pass", [{ ...right, validToDay: addDays(day, 1) }]),
    example("expired-yesterday", "pass", [{ ...right, validToDay: addDays(day, -1) }]),
    example("review-due-today", "pass", [{ ...right, reviewDueDay: day }]),
    example("review-overdue", "pass", [{ ...right, reviewDueDay: addDays(day, -1) }]),
    example("in-review", "pass", [{ ...right, verification: "submitted" }]),
    example("wrong-process", "skip", [other]),
    ...wrong
      .slice(0, 1)
      .flatMap((stranger) => [
        example("wrong-family", "fail", [stranger]),
        example("combined", "pass", [stranger, right]),
        example("combined-expired", "fail", [stranger, { ...right, validToDay: addDays(day, -1) }]),
      ]),
  ];
}

/** A certificate of the family for the process, valid for a year around the day; null where the family has no item. */
function certificateFor(
  family: CertificateFamily,
  process: WeldingProcess,
  day: CivilDay,
): CertificateFacts | null {
  const item = certificateItems.find((one) => one.family === family && one.processes.includes(process));
  if (!item) return null;
  const hasReview = certificateFamilyTable[family].reviewEveryYears !== null;
  return {
    family,
    itemId: family === "special-equipment" ? `${item.id}-FeⅡ-6G-3/159-FefS-02/11/12` : item.id,
    status: "valid",
    validFromDay: addDays(day, -180),
    validToDay: addDays(day, 180),
    reviewDueDay: hasReview ? addDays(day, 90) : null,
  };
}
