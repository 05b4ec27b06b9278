import type { CertificateFamily } from "../certificate-family.ts";
import { certificateItems, processesOfItem } from "../certificate-item.ts";
import type { WeldingProcess } from "../process.ts";
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

function methodsFor(process: WeldingProcess): string[] {
  return certificateItems
    .filter((item) => item.family === "special-equipment" && item.processes.includes(process))
    .map(({ id }) => id);
}
