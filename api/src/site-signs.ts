import { parseSiteSignCode } from "@hanyouxu/protocol";
import { workRegimes } from "@hanyouxu/rules";
import { z } from "zod";
import { floorName, keyAreaPolicy } from "./key-area-shape.ts";
import { keyAreaKind, keyAreaParams } from "./key-areas.ts";
import { bilingual } from "./language.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

export const siteSignCodeInput = z
  .string()
  .max(300)
  .transform((text, context) => {
    const parsed = parseSiteSignCode(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({
      code: "custom",
      message: bilingual(
        "场所牌编码不正确：应为 S 加 16 位字母数字，请重新扫码或核对输入",
        "This is not the code of a site sign: it is S and 16 letters and digits; scan again or check what you typed",
      ),
    });
    return z.NEVER;
  });

/** A sign on the wall of a key area, or of one floor of it. */
export const siteSign = z
  .object({
    signCode: z.string(),
    /** Null: the sign of the whole area. */
    floor: z.string().nullable(),
    state: z.enum(["valid", "void"]),
    madeAt: z.iso.datetime(),
    /** Of the latest printing. */
    printedAt: z.iso.datetime().nullable(),
    printCount: z.int(),
    voidedAt: z.iso.datetime().nullable(),
    voidReason: z.string().nullable(),
  })
  .meta({ id: "SiteSign" });
export type SiteSign = z.infer<typeof siteSign>;

/** What a scanned sign says of the place. */
export const signedPlace = z
  .object({
    keyAreaId: z.uuid(),
    name: z.string(),
    kind: keyAreaKind,
    regime: z.enum(workRegimes),
    region: regionCode,
    regionName: z.string(),
    address: z.string().nullable(),
    floor: z.string().nullable(),
    policy: keyAreaPolicy,
    /** Counts as a key area just now. */
    isInForce: z.boolean(),
    /** The public is inside just now. */
    isOpenToPublic: z.boolean(),
    /** The name of the period that forbids hot work just now. */
    forbiddenPeriod: z.string().nullable(),
  })
  .meta({ id: "SignedPlace" });
export type SignedPlace = z.infer<typeof signedPlace>;

export const siteSignRoutes = {
  listSiteSigns: defineRoute({
    method: "GET",
    path: "/api/key-areas/:keyAreaId/signs",
    tag: "key-areas",
    summary: "The signs of a key area, valid ones first",
    params: keyAreaParams,
    answers: { 200: z.object({ items: z.array(siteSign) }) },
    refusals: [401, 403, 404],
  }),
  makeSiteSigns: defineRoute({
    method: "POST",
    path: "/api/key-areas/:keyAreaId/signs",
    tag: "key-areas",
    summary:
      "Sees to it that the area and its floors have signs to print; on request under new codes, the old being void",
    params: keyAreaParams,
    body: z
      .object({
        /** Which signs; null is that of the whole area. */
        floors: z.array(floorName.nullable()).min(1).max(61),
        voidOld: z.boolean().default(false),
        reason: z.string().trim().max(200).default(""),
      })
      .refine(({ voidOld, reason }) => !voidOld || reason.length >= 2, {
        path: ["reason"],
        error: bilingual(
          "请写明旧牌作废的原因（至少 2 个字）",
          "Say why the old signs are void (at least 2 characters)",
        ),
      }),
    answers: { 200: z.object({ items: z.array(siteSign) }) },
    refusals: [401, 403, 404, 409],
  }),
  printSiteSigns: defineRoute({
    method: "GET",
    path: "/api/key-areas/:keyAreaId/signs.pdf",
    tag: "key-areas",
    summary: "The valid signs of a key area, one a page; counted as a printing",
    params: keyAreaParams,
    query: z.object({ paper: z.enum(["A4", "A5"]).default("A4") }),
    answers: { 200: z.unknown().meta({ description: "application/pdf" }) },
    refusals: [401, 403, 404, 409],
  }),
  readSiteSign: defineRoute({
    method: "GET",
    path: "/api/site-signs/:signCode",
    tag: "key-areas",
    summary:
      "Which area and floor a scanned sign stands for, and what is demanded there; a forged or void one is refused",
    params: z.object({ signCode: siteSignCodeInput }),
    answers: { 200: signedPlace },
    refusals: [401, 404],
  }),
};
