import type { RegionCode, WelderId } from "@hanyouxu/protocol";
import type { TestPlatform } from "./platform.ts";

/** The welder entered another certificate, which waits for review. */
export async function enterTownCertificate(
  { ctx }: TestPlatform,
  code: RegionCode,
  welderId: WelderId,
): Promise<string> {
  const certificateId = ctx.newId();
  const number = `浙A${code}`;
  await ctx.db
    .insertInto("certificates")
    .values({
      certificate_id: certificateId,
      welder_id: welderId,
      family: "construction",
      item: "building-welder",
      number_ciphertext: ctx.personalData.seal("certificate-number", number),
      number_index: ctx.personalData.blindIndex("certificate-number", number),
      valid_from: "2026-01-01",
      valid_to: "2027-12-31",
      review_due_on: null,
      status: "valid",
      verification: "submitted",
    })
    .execute();
  await ctx.db
    .insertInto("certificate_submissions")
    .values({
      certificate_id: certificateId,
      submitted_at: new Date(ctx.clock.nowMs()),
      photo_blob_id: null,
      registry_differs: "[]",
    })
    .execute();
  return certificateId;
}
