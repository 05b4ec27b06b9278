import { type ApiClient, chipEnrolmentRoutes } from "@hanyouxu/api";
import type { EnrolChip } from "@hanyouxu/simulator";

/**
 * Hands in a chip's request with the installer's token, as the chip's own program does.
 * @param csrPem the request as PEM; the platform takes its base64 alone
 */
export async function enrolChip(
  api: ApiClient,
  enrolmentToken: string,
  csrPem: string,
): ReturnType<EnrolChip> {
  const csr = csrPem.replaceAll(/-----[A-Z ]+-----|\s/g, "");
  const enrolled = await api.call(chipEnrolmentRoutes.enrolChip, { body: { csr, enrolmentToken } });
  return {
    certificatePem: enrolled.certificatePem,
    caPem: enrolled.caCertificatePem,
    brokerUrl: enrolled.brokerUrl,
    platformKeys: enrolled.platformKeys.map(({ spki }) => spki),
    machineCode: enrolled.machineCode,
  };
}
