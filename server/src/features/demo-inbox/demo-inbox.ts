import { signInRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import type { SmsSender } from "../../sms/sms-sender.ts";

const kept = 500;
const shown = 100;

/** Demo only: keeps the text messages instead of sending them, for everybody to see. */
export function demoInboxSender(ctx: Pick<AppContext, "db" | "clock" | "newId">): SmsSender {
  return {
    async sendCode(phone, code) {
      const sent_at = new Date(ctx.clock.nowMs());
      await ctx.db
        .insertInto("demo_inbox")
        .values({ message_id: ctx.newId(), phone, code, sent_at })
        .execute();
      await ctx.db
        .deleteFrom("demo_inbox")
        .where("message_id", "not in", (newest) =>
          newest.selectFrom("demo_inbox").select("message_id").orderBy("message_id", "desc").limit(kept),
        )
        .execute();
    },
  };
}

/** Open to everyone: the configuration lets a demo stand only where nobody real signs in. */
export function registerDemoInbox(server: FastifyInstance, ctx: Pick<AppContext, "db" | "config">): void {
  if (!ctx.config.demo) return;
  handle(server, signInRoutes.demoInbox, async () => {
    const rows = await ctx.db
      .selectFrom("demo_inbox")
      .select(["phone", "code", "sent_at"])
      .orderBy("message_id", "desc")
      .limit(shown)
      .execute();
    return {
      messages: rows.map(({ phone, code, sent_at }) => ({ phone, code, sentAt: sent_at.toISOString() })),
    };
  });
}
