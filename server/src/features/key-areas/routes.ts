import { keyAreaRoutes } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { requireScope, requireSight } from "../sign-in/sign-in.ts";
import { contactsOf, keyAreaDetailOf, keyAreaOf, keyAreaVersionOf } from "./key-area-view.ts";
import { abolishKeyArea, changeKeyArea, createKeyArea } from "./key-areas.ts";
import { areasNear } from "./near-areas.ts";
import { knowsContacts, mayEdit, requireEditor, requireVisibleArea } from "./policy.ts";
import { countKeyAreas, selectKeyAreas, selectVersions } from "./queries.ts";

export function registerKeyAreas(server: FastifyInstance, ctx: AppContext): void {
  /** The area as it is after a change. */
  async function detailOf(request: FastifyRequest, keyAreaId: string) {
    const { person, row } = await requireVisibleArea(ctx, request, keyAreaId);
    const sight = { contacts: knowsContacts(person, row), mayEdit: mayEdit(person, row.region_code) };
    return keyAreaDetailOf(ctx, row, sight);
  }

  handle(server, keyAreaRoutes.listKeyAreas, async (request) => {
    const { scope } = requireSight(request, "keyAreas");
    const { page, pageSize, sort, nearLatitudeDegrees, nearLongitudeDegrees, withinMetres, ...query } =
      request.query;
    const filter = { ...query, scope };
    const offset = (page - 1) * pageSize;
    if (nearLatitudeDegrees === undefined || nearLongitudeDegrees === undefined) {
      const rows = await selectKeyAreas(ctx.db, filter, sort, { limit: pageSize, offset });
      return { items: rows.map(keyAreaOf), total: await countKeyAreas(ctx.db, filter), page, pageSize };
    }
    const place = [nearLongitudeDegrees, nearLatitudeDegrees] as const;
    const rows = await areasNear(ctx.db, filter, place, withinMetres);
    const items = rows.slice(offset, offset + pageSize).map(keyAreaOf);
    return { items, total: rows.length, page, pageSize };
  });

  handle(server, keyAreaRoutes.getKeyArea, async (request) => detailOf(request, request.params.keyAreaId));

  handle(server, keyAreaRoutes.listKeyAreaVersions, async (request) => {
    const { row } = await requireVisibleArea(ctx, request, request.params.keyAreaId);
    const { page, pageSize } = request.query;
    const part = { limit: pageSize, offset: (page - 1) * pageSize };
    const rows = await selectVersions(ctx.db, row.key_area_id, part);
    // Every change makes one.
    return {
      items: rows.map((version) => keyAreaVersionOf(ctx, version)),
      total: row.version,
      page,
      pageSize,
    };
  });

  handle(server, keyAreaRoutes.createKeyArea, async (request) => {
    const { person, scope } = requireEditor(request);
    requireScope(scope, request.body.region);
    const { reason, ...data } = request.body;
    const keyAreaId = await createKeyArea(ctx, data, { actor: person.personId, reason });
    return await detailOf(request, keyAreaId);
  });

  handle(server, keyAreaRoutes.changeKeyArea, async (request) => {
    const { person, scope } = requireEditor(request);
    const { keyAreaId } = request.params;
    const { reason, basedOnVersion, ...data } = request.body;
    const by = { actor: person.personId, reason };
    await changeKeyArea(ctx, { keyAreaId, basedOnVersion }, data, by, (row) => {
      requireScope(scope, row.region_code);
      // Nobody hands an area over to a region that is not his own.
      requireScope(scope, data.region);
    });
    return await detailOf(request, keyAreaId);
  });

  handle(server, keyAreaRoutes.abolishKeyArea, async (request) => {
    const { person, scope } = requireEditor(request);
    const { keyAreaId } = request.params;
    const { reason, basedOnVersion } = request.body;
    const by = { actor: person.personId, reason };
    await abolishKeyArea(ctx, { keyAreaId, basedOnVersion }, by, (row) =>
      requireScope(scope, row.region_code),
    );
    return await detailOf(request, keyAreaId);
  });

  handle(server, keyAreaRoutes.readKeyAreaContacts, async (request) => {
    requireSight(request, "people", "personal");
    const { person, row } = await requireVisibleArea(ctx, request, request.params.keyAreaId);
    if (!knowsContacts(person, row, "personal")) throw new AppError("region.out_of_scope");
    const contacts = contactsOf(ctx, row);
    await ctx.audit.record(ctx.db, {
      actor: person.personId,
      action: "personal_data.read",
      subject: `key_area:${row.key_area_id}`,
      details: { fields: ["contacts"], contacts: contacts.length },
    });
    return { contacts };
  });
}
