import { z } from "zod";
import { defineRoute } from "./route.ts";

const civilDay = z.iso.date();

export const certificate = z
  .object({
    certificateId: z.uuid(),
    family: z.string(),
    item: z.string(),
    /** Masked. */
    number: z.string().nullable(),
    validFrom: civilDay,
    validTo: civilDay,
    reviewDueOn: civilDay.nullable(),
    status: z.enum(["valid", "suspended", "revoked"]),
  })
  .meta({ id: "Certificate" });
export type Certificate = z.infer<typeof certificate>;

export const certificateRoutes = {
  listOwnCertificates: defineRoute({
    method: "GET",
    path: "/api/me/certificates",
    tag: "certificates",
    summary: "The caller's own certificates",
    answers: { 200: z.object({ certificates: z.array(certificate) }) },
    refusals: [401, 403],
  }),
};
