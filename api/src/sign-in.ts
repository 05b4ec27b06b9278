import { z } from "zod";
import { departmentRights } from "./department-rights.ts";
import { departmentKey } from "./departments.ts";
import { bilingual } from "./language.ts";
import { messageChannel } from "./messages.ts";
import { defineRoute } from "./route.ts";

/** What a person may do, each within a region subtree or an enterprise. */
export const role = z.enum([
  "welder",
  "enterprise-officer",
  "station-staff",
  "regulator",
  "installer",
  "operator",
  "fire-watch",
]);
export type Role = z.infer<typeof role>;

/** A mobile number of the mainland: 11 digits, leading 1 (number plan of GB/T 15120's sector, MIIT). */
export const phone = z.string().regex(/^1[3-9]\d{9}$/, {
  error: bilingual(
    "手机号应为 11 位数字，以 13 至 19 开头",
    "A phone number has 11 digits and starts with 13 to 19",
  ),
});

/** Six digits, from a text message or an authenticator. */
export const oneTimeCode = z.string().regex(/^\d{6}$/, {
  error: bilingual("验证码应为 6 位数字", "The code has 6 digits"),
});

/** GB/T 2260 code (2, 4 or 6 digits), or 9 digits with the township (GB/T 10114). */
export const regionCode = z.string().regex(/^(\d{2}|\d{4}|\d{6}|\d{9})$/, {
  error: ({ input }) =>
    input === ""
      ? bilingual("请选择区域", "Choose a region")
      : bilingual("行政区划代码应为 2、4、6 或 9 位数字", "A region code has 2, 4, 6 or 9 digits"),
});

export const roleGrant = z
  .object({
    role,
    /** The role holds in this region and everything below it; null where the role is bound otherwise. */
    region: regionCode.nullable(),
    /** The enterprise an officer or welder acts for, when the role is bound to one. */
    enterpriseId: z.uuid().nullable(),
    /** The department whose rights bound what the role sees; absent: the role's whole reach. */
    department: departmentKey.optional(),
  })
  .meta({ id: "RoleGrant" });
export type RoleGrant = z.infer<typeof roleGrant>;

export const me = z
  .object({
    personId: z.uuid(),
    name: z.string(),
    /** Masked: 138****1234; null for staff without a phone. */
    phone: z.string().nullable(),
    roles: z.array(roleGrant),
    /** The most that any of the roles sees of each group somewhere; pages leave out what nobody may see. */
    sees: departmentRights,
    /** Whether any of the roles stops and locks machines. */
    mayCommand: z.boolean(),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof me>;

const signedIn = z.object({ me, expiresAt: z.iso.datetime() }).meta({ id: "SignedIn" });

export const signInEntry = z
  .object({
    signInId: z.uuid(),
    current: z.boolean(),
    method: z.enum(["phone", "staff"]),
    startedAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    /** What the browser said it is, shortened. */
    device: z.string(),
    address: z.string(),
  })
  .meta({ id: "SignInEntry" });
export type SignInEntry = z.infer<typeof signInEntry>;

const noContent = z.null().meta({ description: "No content" });

export const signInRoutes = {
  requestCode: defineRoute({
    method: "POST",
    path: "/api/sign-in/code",
    tag: "sign-in",
    summary: "Send a one-time code to a phone; the answer is the same whether or not the phone is known",
    body: z.object({ phone }),
    answers: { 202: z.object({ expiresInSeconds: z.int(), resendAfterSeconds: z.int() }) },
    refusals: [503],
  }),
  verifyCode: defineRoute({
    method: "POST",
    path: "/api/sign-in/verify",
    tag: "sign-in",
    summary: "Sign in with a phone and its one-time code",
    body: z.object({ phone, code: oneTimeCode }),
    answers: { 200: signedIn },
    refusals: [401],
    isOpen: true,
  }),
  signInStaff: defineRoute({
    method: "POST",
    path: "/api/sign-in/staff",
    tag: "sign-in",
    summary: "Sign in as staff with user name, password and time-based one-time password",
    body: z.object({
      username: z.string().trim().min(1).max(64),
      password: z.string().min(1).max(256),
      totp: oneTimeCode,
    }),
    answers: { 200: signedIn },
    refusals: [401],
    isOpen: true,
  }),
  signOut: defineRoute({
    method: "POST",
    path: "/api/sign-out",
    tag: "sign-in",
    summary: "End this sign-in",
    answers: { 204: noContent },
    refusals: [401],
  }),
  me: defineRoute({
    method: "GET",
    path: "/api/me",
    tag: "sign-in",
    summary: "Who is signed in, with roles and regions",
    answers: { 200: me },
    refusals: [401],
  }),
  listSignIns: defineRoute({
    method: "GET",
    path: "/api/sign-ins",
    tag: "sign-in",
    summary: "The caller's own sign-ins that are still valid",
    answers: { 200: z.object({ signIns: z.array(signInEntry) }) },
    refusals: [401],
  }),
  revokeSignIn: defineRoute({
    method: "DELETE",
    path: "/api/sign-ins/:signInId",
    tag: "sign-in",
    summary: "Revoke one of the caller's own sign-ins",
    params: z.object({ signInId: z.uuid() }),
    answers: { 204: noContent },
    refusals: [401, 404],
  }),
  demoInbox: defineRoute({
    method: "GET",
    path: "/api/demo/inbox",
    tag: "demo",
    summary: "Demo only: the codes and messages that would have been sent, newest first",
    answers: {
      200: z.object({
        messages: z.array(z.object({ phone: z.string(), code: z.string(), sentAt: z.iso.datetime() })),
        /** Messages to people, by the channel they would have taken. */
        told: z.array(
          z.object({
            channel: messageChannel,
            address: z.string(),
            title: z.string(),
            body: z.string(),
            sentAt: z.iso.datetime(),
          }),
        ),
      }),
    },
  }),
};
