import { certificateFamilyTable } from "../certificate-family.ts";
import { processesOfItem } from "../certificate-item.ts";
import { type CivilDay, isCivilDay } from "../civil-day.ts";
import type { WeldingProcess } from "../process.ts";
import type { CertificateFacts } from "./facts.ts";

/** What the certificate rules ask, in the order in which they narrow the welder's certificates. */
export type CertificateStage = "covers-process" | "in-good-standing" | "valid" | "reviewed" | "verified";

export const certificateStages: readonly CertificateStage[] = [
  "covers-process",
  "in-good-standing",
  "valid",
  "reviewed",
  "verified",
];

export interface Narrowed {
  /** Certificates that got as far as this stage; all pass or fail the stage's question only. */
  candidates: readonly CertificateFacts[];
  /** Those that also pass it. */
  passing: readonly CertificateFacts[];
}

/**
 * Narrows certificates stage by stage, so that one certificate has to answer every question: a valid one for
 * another process does not heal an expired one. A stage that leaves none hands its candidates on, so that every
 * later reason about them is reported too.
 */
export function narrowCertificates(
  certificates: readonly CertificateFacts[],
  process: WeldingProcess,
  day: CivilDay,
  upTo: CertificateStage,
): Narrowed {
  let candidates = certificates;
  for (const stage of certificateStages) {
    const passing = candidates.filter((certificate) => passes(certificate, stage, process, day));
    if (stage === upTo) return { candidates, passing };
    if (passing.length > 0) candidates = passing;
  }
  return { candidates, passing: [] };
}

/** Whether one of the certificates answers every question for a process on a day, so that its holder may weld. */
export function countsForStart(
  certificates: readonly CertificateFacts[],
  process: WeldingProcess,
  day: CivilDay,
): boolean {
  return certificates.some((certificate) =>
    certificateStages.every((stage) => passes(certificate, stage, process, day)),
  );
}

function passes(
  certificate: CertificateFacts,
  stage: CertificateStage,
  process: WeldingProcess,
  day: CivilDay,
): boolean {
  switch (stage) {
    case "covers-process":
      return processesOfItem(certificate.family, certificate.itemId).includes(process);
    case "in-good-standing":
      return certificate.status === "valid";
    case "valid":
      return isWithinValidity(certificate, day);
    case "reviewed":
      return (
        certificate.reviewDueDay === null ||
        (isCivilDay(certificate.reviewDueDay) && day <= certificate.reviewDueDay)
      );
    case "verified":
      return (certificate.verification ?? "verified") === "verified";
  }
}

function isWithinValidity(certificate: CertificateFacts, day: CivilDay): boolean {
  if (!isCivilDay(certificate.validFromDay) || !isCivilDay(certificate.validToDay)) return false;
  const lastDayCounts = certificate.lastDayCounts ?? certificateFamilyTable[certificate.family].lastDayCounts;
  if (day < certificate.validFromDay) return false;
  return lastDayCounts ? day <= certificate.validToDay : day < certificate.validToDay;
}

/** The candidate whose date in `field` is the latest: the one the person would renew. */
export function latest(
  candidates: readonly CertificateFacts[],
  field: "validToDay" | "reviewDueDay",
): CertificateFacts | undefined {
  let best: CertificateFacts | undefined;
  for (const candidate of candidates) {
    if (!best || (candidate[field] ?? "") > (best[field] ?? "")) best = candidate;
  }
  return best;
}
