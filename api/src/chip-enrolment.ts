import { z } from "zod";
import { bilingual } from "./language.ts";
import { defineRoute } from "./route.ts";

const base64 = (maxBytes: number) =>
  z.base64({ error: bilingual("应为 Base64 文本", "write Base64") }).max(Math.ceil(maxBytes / 3) * 4, {
    error: bilingual(`超过 ${maxBytes} 字节`, `more than ${maxBytes} bytes`),
  });

const csr = base64(2048)
  .min(4)
  .meta({ description: "Certification request (PKCS#10), DER, made with the chip's key" });

/** A key whose signatures the chip shall trust. */
export const platformKey = z
  .object({
    /** COSE algorithm: -7 is ES256. */
    algorithm: z.int(),
    /** The first 4 bytes of SHA-256 over the SPKI, in hexadecimal. */
    keyId: z.string(),
    /** SubjectPublicKeyInfo, DER, Base64. */
    spki: z.string(),
  })
  .meta({ id: "PlatformKey" });

/** What the chip keeps: who it is, whom it trusts, where it connects. */
export const chipCertificate = z
  .object({
    chipId: z.string(),
    certificatePem: z.string(),
    /** Of the authority that signs the chips' and the broker's certificates. */
    caCertificatePem: z.string(),
    validTo: z.iso.datetime(),
  })
  .meta({ id: "ChipCertificate" });

export const chipEnrolment = chipCertificate
  .extend({
    /** mqtts://host:port */
    brokerUrl: z.string(),
    platformKeys: z.array(platformKey),
    /** Of the machine that the chip now governs, for its label. */
    machineCode: z.string(),
  })
  .meta({ id: "ChipEnrolment" });
export type ChipEnrolment = z.infer<typeof chipEnrolment>;

const chipId = z.string().regex(/^[a-z2-7]{16}$/, {
  error: bilingual(
    "芯片编号应为 16 位小写字母或 2 至 7 的数字",
    "A chip id has 16 of the characters a–z and 2–7",
  ),
});

export const chipEnrolmentRoutes = {
  issueEnrolmentToken: defineRoute({
    method: "POST",
    path: "/api/chip-enrolment-tokens",
    tag: "chip enrolment",
    summary: "A one-use right to enrol a chip for one machine, for an installer or operator",
    body: z.object({
      machineId: z.uuid(),
      validHours: z.int().min(1).max(72).default(24),
      /** What becomes of the chip that sits there now: free for another machine, or never trusted again. */
      oldChip: z.enum(["unbind", "revoke"]).default("unbind"),
    }),
    answers: { 201: z.object({ enrolmentToken: z.string(), expiresAt: z.iso.datetime() }) },
    refusals: [401, 403, 404, 409],
  }),
  enrolChip: defineRoute({
    method: "POST",
    path: "/api/chip-enrolments",
    tag: "chip enrolment",
    summary: "A chip, or the installer's phone for it, exchanges a token for its certificate",
    body: z.object({ csr, enrolmentToken: z.string().min(1).max(100) }),
    answers: { 201: chipEnrolment },
    refusals: [401, 409],
    isOpen: true,
  }),
  challengeRenewal: defineRoute({
    method: "POST",
    path: "/api/chip-enrolments/renewal-nonces",
    tag: "chip enrolment",
    summary: "A nonce that a chip signs to renew its certificate; good for five minutes",
    answers: { 201: z.object({ nonce: z.string(), expiresAt: z.iso.datetime() }) },
  }),
  renewCertificate: defineRoute({
    method: "POST",
    path: "/api/chip-enrolments/renew",
    tag: "chip enrolment",
    summary: "A chip renews its certificate with the key that it has",
    body: z.object({
      csr,
      certificatePem: z.string().min(1).max(4096),
      nonce: z.string().min(1).max(200),
      proof: base64(64).meta({
        description:
          "ES256 (r ‖ s) by the chip's key over the UTF-8 text `hy1 renew ` ‖ nonce ‖ 0x00 ‖ the request's DER",
      }),
    }),
    answers: { 200: chipCertificate },
    refusals: [401, 409],
    isOpen: true,
  }),
  revokeChip: defineRoute({
    method: "POST",
    path: "/api/chips/:chipId/revocation",
    tag: "chip enrolment",
    summary: "End a chip's trust for good: stolen, opened or scrapped",
    params: z.object({ chipId }),
    body: z.object({ reason: z.string().trim().min(1).max(200) }),
    answers: { 204: z.null().meta({ description: "No content" }) },
    refusals: [401, 403, 404],
  }),
};
