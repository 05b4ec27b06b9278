import { materialClassOf, readableCertificateCodes } from "../certificate-code.ts";

/** What a piece of work demands beyond the method. */
export interface TsgNeeds {
  materialClass?: string;
  position?: string;
}

/**
 * Whether one of the certificate's codes is for the method and for everything the work demands. A position or a class
 * answers for itself only: what else an examination covers stands in TSG Z6002, which has not been read by us.
 */
export function tsgCovers(itemId: string, methods: readonly string[], needs: TsgNeeds): boolean {
  return readableCertificateCodes(itemId).some(
    (code) =>
      methods.includes(code.method) &&
      (needs.materialClass === undefined || code.materialClass === materialClassOf(needs.materialClass)) &&
      (needs.position === undefined || code.position === needs.position),
  );
}
