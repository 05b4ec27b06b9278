import { z } from "zod";
import { defineRoute } from "./route.ts";
import { role } from "./sign-in.ts";

const note = z.object({ zh: z.string(), en: z.string() });

/** Somebody a newcomer can sign in as. Passwords are made anew by every installation. */
export const demoAccount = z
  .object({
    name: z.string(),
    role,
    note,
    phone: z.string().nullable(),
    username: z.string().nullable(),
    password: z.string().nullable(),
    /** The one-time password of this moment. */
    totp: z.string().nullable(),
  })
  .meta({ id: "DemoAccount" });
export type DemoAccount = z.infer<typeof demoAccount>;

/** A machine a newcomer can scan. */
export const demoLabel = z
  .object({ machineCode: z.string(), url: z.string(), name: z.string(), note })
  .meta({ id: "DemoLabel" });
export type DemoLabel = z.infer<typeof demoLabel>;

export const demoRoutes = {
  demoAccounts: defineRoute({
    method: "GET",
    path: "/api/demo/accounts",
    tag: "demo",
    summary: "Demo only: who a newcomer can sign in as, and which machines can be scanned",
    answers: { 200: z.object({ accounts: z.array(demoAccount), labels: z.array(demoLabel) }) },
  }),
};
