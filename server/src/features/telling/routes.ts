import { messageRoutes, tellingRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { languageOf } from "../../http/request-language.ts";
import { requirePerson, requireSight } from "../sign-in/sign-in.ts";
import { askEmail, confirmEmail } from "./email-address.ts";
import { messageOf, toldMessageOf } from "./message-view.ts";
import { countOwnMessages, markAcknowledged, markOpened, selectOwnMessages } from "./queries.ts";
import { choosePreferences, settingsOf, subscribePush } from "./settings.ts";
import { deleteEmail, deletePushSubscription } from "./settings-queries.ts";
import { countTold, selectTold } from "./told-queries.ts";

export function registerTelling(server: FastifyInstance, ctx: AppContext): void {
  handle(server, messageRoutes.listMessages, async (request) => {
    const { personId } = requirePerson(request);
    const { page, pageSize, isOpen } = request.query;
    const filter = { personId, isOpen };
    const rows = await selectOwnMessages(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const { total } = await countOwnMessages(ctx.db, filter);
    const { unopened } = await countOwnMessages(ctx.db, { personId });
    const items = rows.map((row) => messageOf(row, languageOf(request)));
    return { items, total, page, pageSize, unopened };
  });

  handle(server, messageRoutes.getMessage, async (request) => {
    const { personId } = requirePerson(request);
    const { messageId } = request.params;
    const [row] = await selectOwnMessages(ctx.db, { personId, messageId }, 1, 0);
    if (!row) throw new AppError("message.not_found");
    return messageOf(row, languageOf(request));
  });

  handle(server, messageRoutes.openMessages, async (request) => {
    const { personId } = requirePerson(request);
    await markOpened(ctx.db, personId, request.body.messageIds, new Date(ctx.clock.nowMs()));
    return null;
  });

  handle(server, messageRoutes.acknowledgeMessage, async (request) => {
    const { personId } = requirePerson(request);
    const { messageId } = request.params;
    const now = new Date(ctx.clock.nowMs());
    if (!(await markAcknowledged(ctx.db, personId, messageId, now))) throw new AppError("message.not_found");
    return null;
  });

  handle(server, messageRoutes.listToldMessages, async (request) => {
    const { scope } = requireSight(request, "people", "rows", ["operator", "regulator", "station-staff"]);
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope: { ...scope, enterprises: [] } };
    const rows = await selectTold(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => toldMessageOf(ctx, row, languageOf(request)));
    return { items, total: await countTold(ctx.db, filter), page, pageSize };
  });

  handle(server, tellingRoutes.getTellingSettings, async (request) => {
    return await settingsOf(ctx, requirePerson(request).personId);
  });

  handle(server, tellingRoutes.putTellingPreferences, async (request) => {
    const { personId } = requirePerson(request);
    await choosePreferences(ctx, personId, request.body);
    return await settingsOf(ctx, personId);
  });

  handle(server, tellingRoutes.subscribePush, async (request) => {
    const { personId } = requirePerson(request);
    await subscribePush(ctx, personId, request.body, request.headers["user-agent"] ?? "");
    return await settingsOf(ctx, personId);
  });

  handle(server, tellingRoutes.unsubscribePush, async (request) => {
    await deletePushSubscription(ctx.db, requirePerson(request).personId, request.params.pushSubscriptionId);
    return null;
  });

  handle(server, tellingRoutes.setEmail, async (request) => {
    const { personId } = requirePerson(request);
    await askEmail(ctx, personId, request.body.address, languageOf(request));
    return await settingsOf(ctx, personId);
  });

  handle(server, tellingRoutes.confirmEmail, async (request) => {
    const { personId } = requirePerson(request);
    await confirmEmail(ctx, personId, request.body.code);
    return await settingsOf(ctx, personId);
  });

  handle(server, tellingRoutes.removeEmail, async (request) => {
    await deleteEmail(ctx.db, requirePerson(request).personId);
    return null;
  });
}
