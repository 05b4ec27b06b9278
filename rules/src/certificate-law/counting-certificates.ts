import type { CertificateFamily } from "../certificate-family.ts";
import { certificateItems, processesOfItem } from "../certificate-item.ts";
import type { CivilDay } from "../civil-day.ts";
import type { WeldingProcess } from "../process.ts";
import { certificateStages, narrowCertificates } from "../start/certificate-narrowing.ts";
import type { CertificateFacts } from "../start/facts.ts";
import { type TsgNeeds, tsgCovers } from "./tsg-code.ts";

/** Certificates whose item covers the process, whatever their family. */
export function coveringCertificates(
  certificates: readonly CertificateFacts[],
  process: WeldingProcess,
): CertificateFacts[] {
  return certificates.filter(({ family, itemId }) => processesOfItem(family, itemId).includes(process));
}

/** Of those, the ones of a family that counts and, under TSG Z6002, of the class and position the work demands. */
export function countingCertificates(
  certificates: readonly CertificateFacts[],
  process: WeldingProcess,
  families: readonly CertificateFamily[],
  needs: TsgNeeds = {},
): CertificateFacts[] {
  return coveringCertificates(certificates, process).filter(
    ({ family, itemId }) =>
      families.includes(family) &&
      (family !== "special-equipment" || tsgCovers(itemId, methodsFor(process), needs)),
  );
}

/** Whether one certificate is for the process, in good standing, within its dates and reviewed. */
export function hasOneInOrder(
  certificates: readonly CertificateFacts[],
  process: WeldingProcess,
  day: CivilDay,
): boolean {
  return certificates.some((one) =>
    certificateStages.every((stage) => narrowCertificates([one], process, day, stage).passing.length > 0),
  );
}

function methodsFor(process: WeldingProcess): string[] {
  return certificateItems
    .filter((item) => item.family === "special-equipment" && item.processes.includes(process))
    .map(({ id }) => id);
}
