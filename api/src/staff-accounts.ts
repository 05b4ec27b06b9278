import { z } from "zod";
import { departmentKey } from "./departments.ts";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { oneTimeCode, regionCode } from "./sign-in.ts";

/** Roles that come with a staff account; welders and officers of enterprises sign in by phone. */
export const staffRole = z.enum(["operator", "regulator", "station-staff", "installer"]);
export type StaffRole = z.infer<typeof staffRole>;

export const staffUsername = z.string().regex(/^[\p{L}\p{N}._@-]{1,64}$/u, {
  error: bilingual(
    "用户名应为 1 至 64 位字母、数字或 . _ @ -",
    "A user name has 1 to 64 letters, digits or . _ @ -",
  ),
});

const staffGrantInput = z.object({
  role: staffRole,
  /** Null is the whole platform, which only an operator of the whole platform can give. */
  region: regionCode.nullable(),
  /** Null: the role's whole reach. */
  department: departmentKey.nullable(),
});

export const staffGrant = staffGrantInput
  .extend({
    roleGrantId: z.uuid(),
    regionName: z.string().nullable(),
    grantedAt: z.iso.datetime(),
    /** Whether the caller may withdraw it. */
    mayWithdraw: z.boolean(),
  })
  .meta({ id: "StaffGrant" });
export type StaffGrant = z.infer<typeof staffGrant>;

export const staffAccount = z
  .object({
    personId: z.uuid(),
    username: z.string(),
    /** Masked in lists. */
    name: z.string(),
    region: regionCode.nullable(),
    regionName: z.string().nullable(),
    /** invited: has not chosen a password yet. */
    status: z.enum(["active", "invited", "deactivated"]),
    lastSignInAt: z.iso.datetime().nullable(),
    grants: z.array(staffGrant),
  })
  .meta({ id: "StaffAccount" });
export type StaffAccount = z.infer<typeof staffAccount>;

/** Shown once to whoever invites; the platform keeps only a digest of the token. */
const invitation = z
  .object({ personId: z.uuid(), token: z.string(), expiresAt: z.iso.datetime() })
  .meta({ id: "StaffInvitation" });
export type StaffInvitation = z.infer<typeof invitation>;

const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/, {
  error: bilingual("邀请链接不完整，请重新复制整个链接", "The invitation is incomplete: copy the whole link"),
});
const personParams = z.object({ personId: z.uuid() });
const noContent = z.null().meta({ description: "No content" });

export const staffAccountRoutes = {
  listStaff: defineRoute({
    method: "GET",
    path: "/api/staff",
    tag: "governance",
    summary: "Staff accounts of the caller's regions, names masked",
    query: z.object({
      ...pageQuery,
      /** Part of the user name. */
      text: z.string().trim().max(64).optional(),
      region: regionCode.optional(),
      role: staffRole.optional(),
      department: departmentKey.optional(),
      status: staffAccount.shape.status.optional(),
      sort: z.enum(["username", "-username", "region", "-region"]).default("username"),
    }),
    answers: { 200: pageOf(staffAccount) },
    refusals: [401, 403],
  }),
  getStaff: defineRoute({
    method: "GET",
    path: "/api/staff/:personId",
    tag: "governance",
    summary: "One staff account with the name in full; the reading is audited",
    params: personParams,
    answers: { 200: staffAccount },
    refusals: [401, 403, 404],
  }),
  createStaff: defineRoute({
    method: "POST",
    path: "/api/staff",
    tag: "governance",
    summary: "Create a staff account with its first role; answers with the invitation, shown once",
    body: staffGrantInput.extend({
      username: staffUsername,
      name: z
        .string()
        .trim()
        .min(1, { error: bilingual("请填写姓名", "Give the name") })
        .max(64),
    }),
    answers: { 200: invitation },
    refusals: [401, 403, 404, 409],
  }),
  inviteAgain: defineRoute({
    method: "POST",
    path: "/api/staff/:personId/invitation",
    tag: "governance",
    summary: "A new invitation, for a lost link, password or authenticator; earlier ones end",
    params: personParams,
    answers: { 200: invitation },
    refusals: [401, 403, 404, 409],
  }),
  grantRole: defineRoute({
    method: "POST",
    path: "/api/staff/:personId/roles",
    tag: "governance",
    summary: "Give a role within the caller's own reach and not above the caller's own",
    params: personParams,
    body: staffGrantInput,
    answers: { 200: staffAccount },
    refusals: [401, 403, 404, 409],
  }),
  withdrawRole: defineRoute({
    method: "DELETE",
    path: "/api/staff/:personId/roles/:roleGrantId",
    tag: "governance",
    summary: "Withdraw a role that the caller could have given",
    params: personParams.extend({ roleGrantId: z.uuid() }),
    answers: { 204: noContent },
    refusals: [401, 403, 404, 409],
  }),
  setActive: defineRoute({
    method: "PUT",
    path: "/api/staff/:personId/active",
    tag: "governance",
    summary: "Deactivate an account, which ends its sign-ins at once, or activate it again",
    params: personParams,
    body: z.object({ isActive: z.boolean() }),
    answers: { 200: staffAccount },
    refusals: [401, 403, 404, 409],
  }),
  openInvitation: defineRoute({
    method: "POST",
    path: "/api/staff-invitations/open",
    tag: "governance",
    summary:
      "What an invitation is for, with the secret for the authenticator; the token is the right to ask",
    body: z.object({ token }),
    answers: {
      200: z.object({ username: z.string(), totpUri: z.string(), expiresAt: z.iso.datetime() }),
    },
    refusals: [404],
    isOpen: true,
  }),
  acceptInvitation: defineRoute({
    method: "POST",
    path: "/api/staff-invitations/accept",
    tag: "governance",
    summary: "Choose the password and prove the authenticator; the invitation is used up",
    body: z.object({
      token,
      password: z
        .string()
        .min(12, { error: bilingual("密码至少 12 个字符", "The password has at least 12 characters") })
        .max(256),
      totp: oneTimeCode,
    }),
    answers: { 204: noContent },
    refusals: [401, 404],
    isOpen: true,
  }),
};
