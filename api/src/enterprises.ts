import { z } from "zod";
import { industryName } from "./industries.ts";
import { bilingual } from "./language.ts";
import { reasonBody } from "./machines.ts";
import { pageOf, pageQuery } from "./page.ts";
import { position } from "./place.ts";
import { defineRoute } from "./route.ts";
import { phone, regionCode } from "./sign-in.ts";
import { judgeUscc, normalUscc } from "./uscc.ts";

/** welding: owns machines or employs welders; site-owner: has welding done at its place. One may be both. */
export const enterpriseRole = z.enum(["welding", "site-owner"]);
export type EnterpriseRole = z.infer<typeof enterpriseRole>;

/** pending: registered itself and waits for review; rejected: reviewed and sent back with a reason. */
export const enterpriseStatus = z.enum(["pending", "active", "suspended", "rejected"]);
export type EnterpriseStatus = z.infer<typeof enterpriseStatus>;

/** What an organisation is by law. */
export const enterpriseType = z.enum([
  "limited-company",
  "joint-stock-company",
  "sole-proprietorship",
  "partnership",
  "individual-business",
  "state-owned",
  "public-institution",
  "government",
  "social-organisation",
  "other",
]);
export type EnterpriseType = z.infer<typeof enterpriseType>;

/** The field of work by which departments share out supervision. */
export const enterpriseDomain = z.enum([
  "industry",
  "construction",
  "chemical",
  "transport",
  "commerce",
  "health",
  "education",
  "culture-tourism",
  "agriculture",
  "water",
  "energy",
  "municipal",
  "repair",
  "other",
]);
export type EnterpriseDomain = z.infer<typeof enterpriseDomain>;

/** Spaces, dashes and small letters are forgiven; a wrong check character is a warning (see `judgeUscc`), no error. */
const uscc = z
  .string()
  .max(40)
  .transform(normalUscc)
  .refine((code) => judgeUscc(code) !== "malformed", {
    error: bilingual(
      "统一社会信用代码应为 18 位数字和大写字母（不含 I、O、S、V、Z），第 3 至 8 位为数字",
      "A unified social credit code has 18 digits and letters (no I, O, S, V or Z), digits at places 3 to 8",
    ),
  });

/** A section or division of GB/T 4754-2017: `C` or `C33`. */
const industry = z.string().refine((code) => industryName(code) !== undefined, {
  error: bilingual(
    "行业代码应为 GB/T 4754 的门类字母，或门类字母加两位大类，如 C33",
    "An industry is a letter of GB/T 4754, or the letter and two digits such as C33",
  ),
});

const place = position.omit({ accuracyMetres: true }).meta({ id: "Place" });

/** What a person fills in about an organisation. */
export const enterpriseBody = z.object({
  name: z
    .string()
    .trim()
    .min(2, {
      error: bilingual("请填写单位全称（至少 2 个字）", "Give the full name (at least 2 characters)"),
    })
    .max(100),
  uscc: uscc.nullable(),
  roles: z.array(enterpriseRole).min(1, {
    error: bilingual(
      "请至少选择一项：涉焊单位或用焊单位",
      "Choose at least one: welding enterprise or site owner",
    ),
  }),
  type: enterpriseType.nullable(),
  domain: enterpriseDomain.nullable(),
  industry: industry.nullable(),
  staffCount: z
    .int({ error: bilingual("人数应为整数", "The number of staff is a whole number") })
    .min(0, { error: bilingual("人数不能为负", "The number of staff cannot be negative") })
    .max(1_000_000)
    .nullable(),
  region: regionCode,
  place: place.nullable(),
  address: z.string().trim().max(200).nullable(),
  /** Left out: as it was. */
  contact: z
    .object({
      name: z
        .string()
        .trim()
        .min(1, { error: bilingual("请填写联系人姓名", "Give the contact's name") })
        .max(50),
      phone,
    })
    .nullable()
    .optional(),
});
export type EnterpriseBody = z.input<typeof enterpriseBody>;

/** What is odd about an entry and yet allowed. */
export const enterpriseWarning = z.enum(["uscc-checksum"]);

export const enterprise = z
  .object({
    enterpriseId: z.uuid(),
    name: z.string(),
    uscc: z.string().nullable(),
    roles: z.array(enterpriseRole),
    type: enterpriseType.nullable(),
    domain: enterpriseDomain.nullable(),
    /** A code of GB/T 4754 (see `industryName`), or what an older register wrote. */
    industry: z.string().nullable(),
    staffCount: z.int().nullable(),
    region: regionCode,
    regionName: z.string(),
    status: enterpriseStatus,
    machineCount: z.int(),
    welderCount: z.int(),
    warnings: z.array(enterpriseWarning),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Enterprise" });
export type Enterprise = z.infer<typeof enterprise>;

export const enterpriseDetail = enterprise
  .extend({
    place: place.nullable(),
    address: z.string().nullable(),
    /** Masked; in full by `readEnterpriseContacts`. */
    contact: z.object({ name: z.string(), phone: z.string() }).nullable(),
    /** Why it was suspended, rejected or taken up again. */
    statusReason: z.string().nullable(),
    /** Only welders on its list may start its machines. */
    allowsListedOnly: z.boolean(),
    /** What the caller may do with it. */
    rights: z.object({
      /** Data that identifies it: name, code, roles, region. */
      editIdentity: z.boolean(),
      edit: z.boolean(),
      review: z.boolean(),
      suspend: z.boolean(),
      /** Is one of its officers. */
      isOfficer: z.boolean(),
    }),
  })
  .meta({ id: "EnterpriseDetail" });
export type EnterpriseDetail = z.infer<typeof enterpriseDetail>;

export const enterpriseParams = z.object({ enterpriseId: z.uuid() });

const saved = z
  .object({ enterpriseId: z.uuid(), warnings: z.array(enterpriseWarning) })
  .meta({ id: "EnterpriseSaved" });

export const enterpriseRoutes = {
  listEnterprises: defineRoute({
    method: "GET",
    path: "/api/enterprises",
    tag: "enterprises",
    summary: "Welding enterprises and site owners within the caller's regions, or the caller's own",
    query: z.object({
      ...pageQuery,
      region: regionCode.optional(),
      type: enterpriseType.optional(),
      domain: enterpriseDomain.optional(),
      /** A section with all its divisions, or one division. */
      industry: industry.optional(),
      status: enterpriseStatus.optional(),
      role: enterpriseRole.optional(),
      /** Whether one of its machines is under power now. */
      isAtWork: z.stringbool().optional(),
      /** Part of the name, the code or the address. */
      text: z.string().trim().max(100).optional(),
      sort: z.enum(["name", "-name", "region", "-region", "createdAt", "-createdAt"]).default("name"),
    }),
    answers: { 200: pageOf(enterprise) },
    refusals: [401, 403],
  }),
  getEnterprise: defineRoute({
    method: "GET",
    path: "/api/enterprises/:enterpriseId",
    tag: "enterprises",
    summary: "One organisation; people's data is masked",
    params: enterpriseParams,
    answers: { 200: enterpriseDetail },
    refusals: [401, 403, 404],
  }),
  createEnterprise: defineRoute({
    method: "POST",
    path: "/api/enterprises",
    tag: "enterprises",
    summary: "Staff register an organisation; it is active at once",
    body: enterpriseBody,
    answers: { 200: saved },
    refusals: [401, 403, 409],
  }),
  updateEnterprise: defineRoute({
    method: "PUT",
    path: "/api/enterprises/:enterpriseId",
    tag: "enterprises",
    summary: "Changes an organisation's data; its officers may not change what identifies it",
    params: enterpriseParams,
    body: enterpriseBody,
    answers: { 200: saved },
    refusals: [401, 403, 404, 409],
  }),
  registerEnterprise: defineRoute({
    method: "POST",
    path: "/api/enterprise-registrations",
    tag: "enterprises",
    summary: "Somebody registers an organisation and becomes its safety officer; staff review it",
    body: enterpriseBody,
    answers: { 200: saved },
    refusals: [401, 409],
  }),
  reviewEnterprise: defineRoute({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/review",
    tag: "enterprises",
    summary: "Staff approve an organisation that registered itself, or send it back with a reason",
    params: enterpriseParams,
    body: z
      .object({ isApproved: z.boolean(), reason: z.string().trim().max(200).default("") })
      .refine(({ isApproved, reason: given }) => isApproved || given.length >= 2, {
        path: ["reason"],
        error: bilingual("请写明退回原因（至少 2 个字）", "Say why it is sent back (at least 2 characters)"),
      }),
    answers: { 200: enterpriseDetail },
    refusals: [401, 403, 404, 409],
  }),
  suspendEnterprise: defineRoute({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/suspend",
    tag: "enterprises",
    summary: "Suspends an organisation: its machines are not started any more; work in progress goes on",
    params: enterpriseParams,
    body: reasonBody,
    answers: { 200: enterpriseDetail },
    refusals: [401, 403, 404, 409],
  }),
  reactivateEnterprise: defineRoute({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/reactivate",
    tag: "enterprises",
    summary: "Takes a suspended organisation up again",
    params: enterpriseParams,
    body: reasonBody,
    answers: { 200: enterpriseDetail },
    refusals: [401, 403, 404, 409],
  }),
  readEnterpriseContacts: defineRoute({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/contacts",
    tag: "enterprises",
    summary: "The contact and the officers in full; the reading is audited",
    params: enterpriseParams,
    answers: {
      200: z.object({
        contact: z.object({ name: z.string(), phone: z.string() }).nullable(),
        officers: z.array(z.object({ personId: z.uuid(), name: z.string(), phone: z.string().nullable() })),
      }),
    },
    refusals: [401, 403, 404],
  }),
  listEnterpriseRegions: defineRoute({
    method: "GET",
    path: "/api/enterprise-regions",
    tag: "enterprises",
    summary: "Regions without any below them, where an organisation can be registered",
    query: z.object({ under: regionCode.optional() }),
    answers: { 200: z.object({ regions: z.array(z.object({ region: regionCode, name: z.string() })) }) },
    refusals: [401],
  }),
  findEnterpriseNames: defineRoute({
    method: "GET",
    path: "/api/enterprise-names",
    tag: "enterprises",
    summary: "Active organisations by part of their name, at most 20: to choose one from",
    query: z.object({
      text: z
        .string()
        .trim()
        .min(2, { error: bilingual("请至少输入 2 个字", "Type at least 2 characters") })
        .max(100),
      role: enterpriseRole.optional(),
    }),
    answers: {
      200: z.object({
        enterprises: z.array(
          z.object({ enterpriseId: z.uuid(), name: z.string(), address: z.string().nullable() }),
        ),
      }),
    },
    refusals: [401],
  }),
};
