import { type MessageChannel, signInRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { Channel, Recipient } from "../../channels/channel.ts";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import type { SmsSender } from "../../sms/sms-sender.ts";

const kept = 500;
const shown = 100;

type InboxContext = Pick<AppContext, "db" | "clock" | "newId">;

/** Demo only: keeps the text messages instead of sending them, for everybody to see. */
export function demoInboxSender(ctx: InboxContext): SmsSender {
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
    async sendMessage(phone, [title = "", body = ""]) {
      await keepTold(ctx, "sms", phone, { title, body });
    },
  };
}

/** Demo only: stands in for a channel that is not configured. */
export function demoChannel(ctx: InboxContext, channel: MessageChannel): Channel {
  return {
    isRepeatable: true,
    async send(to, message) {
      await keepTold(ctx, channel, addressOf(to, channel), message);
      return {};
    },
  };
}

function addressOf({ phone, email, pushTargets }: Recipient, channel: MessageChannel): string {
  if (channel === "push") return String(pushTargets.length);
  return (channel === "email" ? email : phone) ?? "";
}

async function keepTold(
  ctx: InboxContext,
  channel: MessageChannel,
  address: string,
  { title, body }: { title: string; body: string },
): Promise<void> {
  const sent_at = new Date(ctx.clock.nowMs());
  await ctx.db
    .insertInto("demo_told")
    .values({ told_id: ctx.newId(), channel, address, title, body, sent_at })
    .execute();
  await ctx.db
    .deleteFrom("demo_told")
    .where("told_id", "not in", (newest) =>
      newest.selectFrom("demo_told").select("told_id").orderBy("told_id", "desc").limit(kept),
    )
    .execute();
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
    const told = await ctx.db
      .selectFrom("demo_told")
      .select(["channel", "address", "title", "body", "sent_at"])
      .orderBy("told_id", "desc")
      .limit(shown)
      .execute();
    return {
      messages: rows.map(({ phone, code, sent_at }) => ({ phone, code, sentAt: sent_at.toISOString() })),
      told: told.map(({ sent_at, ...row }) => ({ ...row, sentAt: sent_at.toISOString() })),
    };
  });
}
