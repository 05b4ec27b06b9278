import { z } from "zod";
import { enterpriseParams } from "./enterprises.ts";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { phone } from "./sign-in.ts";

/** Names and phones are masked. */
export const enterpriseOfficer = z
  .object({
    personId: z.uuid(),
    name: z.string(),
    phone: z.string().nullable(),
    grantedAt: z.iso.datetime(),
  })
  .meta({ id: "EnterpriseOfficer" });
export type EnterpriseOfficer = z.infer<typeof enterpriseOfficer>;

/** member: works for it; invited: has not agreed yet; contractor: works for a firm under contract with it. */
export const welderRelation = z.enum(["member", "invited", "contractor"]);

export const enterpriseWelder = z
  .object({
    welderId: z.uuid(),
    /** Masked. */
    name: z.string(),
    relation: welderRelation,
    /** The contractor he works for; null for members. */
    throughName: z.string().nullable(),
    status: z.enum(["active", "suspended"]),
    certificateCount: z.int(),
    /** On the enterprise's list of welders who may start its machines. */
    isListed: z.boolean(),
  })
  .meta({ id: "EnterpriseWelder" });
export type EnterpriseWelder = z.infer<typeof enterpriseWelder>;

export const enterpriseContract = z
  .object({
    contractId: z.uuid(),
    clientId: z.uuid(),
    clientName: z.string(),
    contractorId: z.uuid(),
    contractorName: z.string(),
    /** Civil days of Asia/Shanghai, both included. */
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    /** The contractor's welders may start the client's machines. */
    allowsMachines: z.boolean(),
    isInForce: z.boolean(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "EnterpriseContract" });
export type EnterpriseContract = z.infer<typeof enterpriseContract>;

export const membership = z
  .object({ enterpriseId: z.uuid(), name: z.string(), invitationId: z.uuid().nullable() })
  .meta({ id: "Membership" });
export type Membership = z.infer<typeof membership>;

const done = z.null().meta({ description: "No content" });
const welderParams = enterpriseParams.extend({ welderId: z.uuid() });

export const enterprisePeopleRoutes = {
  listEnterpriseOfficers: defineRoute({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/officers",
    tag: "enterprises",
    summary: "Safety officers of an organisation, masked",
    params: enterpriseParams,
    answers: { 200: z.object({ officers: z.array(enterpriseOfficer) }) },
    refusals: [401, 403, 404],
  }),
  addEnterpriseOfficer: defineRoute({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/officers",
    tag: "enterprises",
    summary: "Makes the holder of a phone a safety officer; a person nobody knows yet is registered",
    params: enterpriseParams,
    body: z.object({
      name: z
        .string()
        .trim()
        .min(2, { error: bilingual("请填写姓名（至少 2 个字）", "Give the name (at least 2 characters)") })
        .max(50),
      phone,
    }),
    answers: { 200: enterpriseOfficer },
    refusals: [401, 403, 404, 409],
  }),
  removeEnterpriseOfficer: defineRoute({
    method: "DELETE",
    path: "/api/enterprises/:enterpriseId/officers/:personId",
    tag: "enterprises",
    summary: "Takes the role from a safety officer; at least one remains",
    params: enterpriseParams.extend({ personId: z.uuid() }),
    answers: { 204: done },
    refusals: [401, 403, 404, 409],
  }),
  listEnterpriseWelders: defineRoute({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/welders",
    tag: "enterprises",
    summary: "Members, invited welders and welders of contractors, masked",
    params: enterpriseParams,
    query: z.object({ ...pageQuery, relation: welderRelation.optional() }),
    answers: { 200: pageOf(enterpriseWelder) },
    refusals: [401, 403, 404],
  }),
  addEnterpriseWelder: defineRoute({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/welders",
    tag: "enterprises",
    summary: "An officer invites a welder, who agrees on the phone; staff add at once",
    params: enterpriseParams,
    body: z.object({ phone }),
    answers: { 200: z.object({ welderId: z.uuid(), relation: welderRelation }) },
    refusals: [401, 403, 404, 409],
  }),
  removeEnterpriseWelder: defineRoute({
    method: "DELETE",
    path: "/api/enterprises/:enterpriseId/welders/:welderId",
    tag: "enterprises",
    summary: "Ends a membership or takes an invitation back",
    params: welderParams,
    answers: { 204: done },
    refusals: [401, 403, 404],
  }),
  setWhitelistRule: defineRoute({
    method: "PUT",
    path: "/api/enterprises/:enterpriseId/whitelist",
    tag: "enterprises",
    summary: "Whether only listed welders may start the organisation's machines",
    params: enterpriseParams,
    body: z.object({ allowsListedOnly: z.boolean() }),
    answers: { 204: done },
    refusals: [401, 403, 404],
  }),
  listWelder: defineRoute({
    method: "PUT",
    path: "/api/enterprises/:enterpriseId/whitelist/:welderId",
    tag: "enterprises",
    summary: "Puts a member or a contractor's welder on the list, or takes him off it",
    params: welderParams,
    body: z.object({ isListed: z.boolean() }),
    answers: { 204: done },
    refusals: [401, 403, 404],
  }),
  listEnterpriseContracts: defineRoute({
    method: "GET",
    path: "/api/enterprises/:enterpriseId/contracts",
    tag: "enterprises",
    summary: "Contracts with contractors, and those it works under, newest first",
    params: enterpriseParams,
    answers: { 200: z.object({ contracts: z.array(enterpriseContract) }) },
    refusals: [401, 403, 404],
  }),
  addEnterpriseContract: defineRoute({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/contracts",
    tag: "enterprises",
    summary: "The organisation engages a contractor for a period",
    params: enterpriseParams,
    body: z
      .object({
        contractorId: z.uuid(),
        startsOn: z.iso.date(),
        endsOn: z.iso.date(),
        allowsMachines: z.boolean(),
      })
      .refine(({ startsOn, endsOn }) => startsOn <= endsOn, {
        path: ["endsOn"],
        error: bilingual("结束日期不能早于开始日期", "The last day cannot be before the first"),
      }),
    answers: { 200: enterpriseContract },
    refusals: [401, 403, 404, 409],
  }),
  endEnterpriseContract: defineRoute({
    method: "POST",
    path: "/api/enterprises/:enterpriseId/contracts/:contractId/end",
    tag: "enterprises",
    summary: "Ends a contract before its time",
    params: enterpriseParams.extend({ contractId: z.uuid() }),
    answers: { 204: done },
    refusals: [401, 403, 404],
  }),
  listOwnMemberships: defineRoute({
    method: "GET",
    path: "/api/me/memberships",
    tag: "enterprises",
    summary: "The firms the welder works for, and those that ask him to",
    answers: { 200: z.object({ memberships: z.array(membership), invitations: z.array(membership) }) },
    refusals: [401, 403],
  }),
  answerInvitation: defineRoute({
    method: "POST",
    path: "/api/me/invitations/:invitationId",
    tag: "enterprises",
    summary: "The welder agrees to work for a firm, or declines",
    params: z.object({ invitationId: z.uuid() }),
    body: z.object({ isAccepted: z.boolean() }),
    answers: { 204: done },
    refusals: [401, 403, 404],
  }),
};
