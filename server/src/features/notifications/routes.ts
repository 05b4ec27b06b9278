import { type Notification, notificationRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { requirePerson } from "../sign-in/sign-in.ts";
import { countUnread, markRead, selectNotifications } from "./queries.ts";

const SHOWN = 50;

export function registerNotifications(server: FastifyInstance, ctx: AppContext): void {
  handle(server, notificationRoutes.listNotifications, async (request) => {
    const { personId } = requirePerson(request);
    const rows = await selectNotifications(ctx.db, personId, SHOWN);
    const notifications = rows.map((row) => ({
      notificationId: row.notification_id,
      kind: row.kind as Notification["kind"],
      data: row.data as Notification["data"],
      createdAt: row.created_at.toISOString(),
      isRead: row.read_at !== null,
    }));
    return { notifications, unread: await countUnread(ctx.db, personId) };
  });

  handle(server, notificationRoutes.readNotifications, async (request) => {
    const { personId } = requirePerson(request);
    await markRead(ctx.db, personId, request.body.notificationIds, new Date(ctx.clock.nowMs()));
    return null;
  });
}
