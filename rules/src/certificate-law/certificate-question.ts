import { type CivilDay, shanghaiDayStartMs } from "../civil-day.ts";
import type { WeldingProcess } from "../process.ts";
import { exampleFacts } from "../start/example-facts.ts";
import type { CertificateFacts, StartFacts } from "../start/facts.ts";
import type { TsgNeeds } from "./tsg-code.ts";
import type { WorkRegime } from "./work-regime.ts";

/** What somebody asks the law: would these certificates do, there, for that, on that day. */
export interface CertificateQuestion {
  process: WeldingProcess;
  regime: WorkRegime;
  certificates: readonly CertificateFacts[];
  day: CivilDay;
  tsgNeeds?: TsgNeeds;
}

/** Noon of the day, and the facts of a start in which all but the certificates is in order. */
export function certificateQuestion(question: CertificateQuestion): { facts: StartFacts; atMs: number } {
  const { process, regime, certificates, day, tsgNeeds } = question;
  const atMs = shanghaiDayStartMs(day) + 12 * 3_600_000;
  const facts = exampleFacts(atMs);
  return {
    atMs,
    facts: {
      ...facts,
      certificates,
      enterprise: { ...facts.enterprise, regime },
      machine: { ...facts.machine, process, ...(tsgNeeds && { tsgNeeds }) },
    },
  };
}
