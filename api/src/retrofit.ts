import { z } from "zod";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** A chip's own id, as its housing's code says: 16 letters a–z and digits 2–7. */
export const chipIdInput = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z2-7]{16}$/, {
    error: bilingual(
      "焊之芯编号应为 16 位字母或 2 至 7 的数字，请重新扫码或核对输入",
      "A chip id has 16 letters or digits 2 to 7: scan again or check what you typed",
    ),
  });

/** What has become of a campaign's chips and machines, for all of it or one township. */
export const retrofitFigures = z
  .object({
    targetMachines: z.int(),
    allocated: z.int(),
    inStock: z.int(),
    /** Installations begun: a chip has been scanned. */
    started: z.int(),
    /** In service: relay tested and signed for. */
    fitted: z.int(),
    /** The relay test has passed, whether or not it is signed for. */
    tested: z.int(),
    /** The newest relay test has failed, and the installation is still open. */
    failed: z.int(),
    returned: z.int(),
    defective: z.int(),
  })
  .meta({ id: "RetrofitFigures" });
export type RetrofitFigures = z.infer<typeof retrofitFigures>;

export const campaign = z
  .object({
    campaignId: z.uuid(),
    name: z.string(),
    region: regionCode,
    regionName: z.string(),
    status: z.enum(["open", "closed"]),
    note: z.string(),
    madeAt: z.iso.datetime(),
    /** Chips taken into the campaign's own store, and those still there; null for who reaches only a part of it. */
    received: z.int().nullable(),
    inStore: z.int().nullable(),
    totals: retrofitFigures,
  })
  .meta({ id: "RetrofitCampaign" });
export type RetrofitCampaign = z.infer<typeof campaign>;

export const campaignDetail = campaign
  .extend({
    townships: z.array(retrofitFigures.extend({ region: regionCode, regionName: z.string() })),
    /** Masked names. */
    installers: z.array(z.object({ personId: z.uuid(), name: z.string() })),
  })
  .meta({ id: "RetrofitCampaignDetail" });
export type RetrofitCampaignDetail = z.infer<typeof campaignDetail>;

/** Where boxes of chips went. */
export const stockMovement = z
  .object({
    movementId: z.uuid(),
    kind: z.enum(["receive", "allocate", "return", "defective"]),
    region: regionCode.nullable(),
    /** Null: the campaign's own store. */
    regionName: z.string().nullable(),
    quantity: z.int(),
    box: z.string().nullable(),
    chipId: z.string().nullable(),
    note: z.string(),
    movedAt: z.iso.datetime(),
    /** Masked. */
    movedBy: z.string(),
  })
  .meta({ id: "StockMovement" });
export type StockMovement = z.infer<typeof stockMovement>;

const name = z
  .string()
  .trim()
  .min(1, { error: bilingual("请填写名称", "Give it a name") })
  .max(60);
const note = z.string().trim().max(200).default("");
const quantity = z
  .int({ error: bilingual("数量应为整数", "a whole number") })
  .min(1, { error: bilingual("数量至少为 1", "at least 1") })
  .max(100_000);
const box = z.string().trim().min(1).max(40).optional();
const campaignParams = z.object({ campaignId: z.uuid() });

/** Receiving fills the store, allocating takes from it to a township, a return goes back, a defective chip is out. */
const newMovement = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("receive"), quantity, box, note }),
  z.object({ kind: z.literal("allocate"), region: regionCode, quantity, box, note }),
  z.object({ kind: z.literal("return"), region: regionCode, quantity, chipId: chipIdInput.optional(), note }),
  z.object({
    kind: z.literal("defective"),
    region: regionCode.optional(),
    quantity,
    chipId: chipIdInput.optional(),
    note,
  }),
]);
export type NewStockMovement = z.infer<typeof newMovement>;

export const retrofitRoutes = {
  makeCampaign: defineRoute({
    method: "POST",
    path: "/api/retrofit/campaigns",
    tag: "retrofit",
    summary: "A campaign of fitting chips and codes onto the machines of a region",
    body: z.object({
      name,
      region: regionCode,
      note,
      targets: z
        .array(z.object({ region: regionCode, machineCount: z.int().min(0).max(1_000_000) }))
        .max(200)
        .default([]),
    }),
    answers: { 201: campaignDetail },
    refusals: [401, 403, 404, 409],
  }),
  listCampaigns: defineRoute({
    method: "GET",
    path: "/api/retrofit/campaigns",
    tag: "retrofit",
    summary: "Campaigns within the caller's regions; an installer's own",
    query: z.object({
      ...pageQuery,
      status: z.enum(["open", "closed"]).optional(),
      text: z.string().trim().max(60).optional(),
    }),
    answers: { 200: pageOf(campaign) },
    refusals: [401, 403],
  }),
  getCampaign: defineRoute({
    method: "GET",
    path: "/api/retrofit/campaigns/:campaignId",
    tag: "retrofit",
    summary: "A campaign with its progress by township",
    params: campaignParams,
    answers: { 200: campaignDetail },
    refusals: [401, 403, 404],
  }),
  closeCampaign: defineRoute({
    method: "POST",
    path: "/api/retrofit/campaigns/:campaignId/closing",
    tag: "retrofit",
    summary: "Ends a campaign: no new installation begins, open ones may be finished",
    params: campaignParams,
    answers: { 200: campaignDetail },
    refusals: [401, 403, 404, 409],
  }),
  assignInstallers: defineRoute({
    method: "PUT",
    path: "/api/retrofit/campaigns/:campaignId/installers",
    tag: "retrofit",
    summary: "Who may fit chips in a campaign; nobody named: every installer of its region",
    params: campaignParams,
    body: z.object({ personIds: z.array(z.uuid()).max(500) }),
    answers: { 200: campaignDetail },
    refusals: [401, 403, 404],
  }),
  listInstallers: defineRoute({
    method: "GET",
    path: "/api/retrofit/campaigns/:campaignId/installer-choices",
    tag: "retrofit",
    summary: "Installers whose regions meet the campaign's, by masked names",
    params: campaignParams,
    answers: { 200: z.object({ installers: z.array(z.object({ personId: z.uuid(), name: z.string() })) }) },
    refusals: [401, 403, 404],
  }),
  listRetrofitTownships: defineRoute({
    method: "GET",
    path: "/api/retrofit/townships",
    tag: "retrofit",
    summary: "The townships within the caller's regions, to plan a campaign",
    query: z.object({ region: regionCode.optional() }),
    answers: {
      200: z.object({
        townships: z.array(
          z.object({
            region: regionCode,
            regionName: z.string(),
            /** Registered machines without a chip. */
            machineCount: z.int(),
          }),
        ),
      }),
    },
    refusals: [401, 403],
  }),
  moveStock: defineRoute({
    method: "POST",
    path: "/api/retrofit/campaigns/:campaignId/movements",
    tag: "retrofit",
    summary: "Receive, allocate, return or write off chips; what is not there cannot be moved",
    params: campaignParams,
    body: newMovement,
    answers: { 201: stockMovement },
    refusals: [401, 403, 404, 409],
  }),
  listMovements: defineRoute({
    method: "GET",
    path: "/api/retrofit/campaigns/:campaignId/movements",
    tag: "retrofit",
    summary: "The movements of a campaign's chips, newest first",
    params: campaignParams,
    query: z.object({
      ...pageQuery,
      kind: z.enum(["receive", "allocate", "return", "defective"]).optional(),
      region: regionCode.optional(),
    }),
    answers: { 200: pageOf(stockMovement) },
    refusals: [401, 403, 404],
  }),
  exportCampaign: defineRoute({
    method: "GET",
    path: "/api/retrofit/campaigns/:campaignId/progress.xlsx",
    tag: "retrofit",
    summary: "Progress by township and every installation as a workbook",
    params: campaignParams,
    answers: { 200: z.unknown().meta({ description: "An xlsx workbook" }) },
    refusals: [401, 403, 404],
  }),
};
