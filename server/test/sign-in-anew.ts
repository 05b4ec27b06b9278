import type { PersonId } from "@hanyouxu/protocol";
import { startSession } from "../src/features/sign-in/session.ts";
import type { TestApp } from "./app.ts";

/** The cookie of a new sign-in: those from before end sooner than what is tested with deadlines of days. */
export async function signInAnew({ ctx }: Pick<TestApp, "ctx">, personId: PersonId): Promise<string> {
  const device = { userAgent: "test", address: "127.0.0.1" };
  const { token } = await ctx.db
    .transaction()
    .execute((tx) => startSession(ctx, tx, personId, "staff", device));
  return `hy_session=${token}`;
}
