import { workConflictRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import { type Person, requireRole, requireSight } from "../sign-in/sign-in.ts";
import { acknowledgeConflict } from "./acknowledge-conflict.ts";
import { conflictContacts } from "./conflict-contacts.ts";
import {
  type ConflictRow,
  countConflicts,
  selectAcknowledgements,
  selectConflicts,
} from "./conflict-queries.ts";
import { workConflictOf } from "./conflict-view.ts";
import { requireVisibleConflict } from "./policy.ts";

export function registerWorkConflicts(server: FastifyInstance, ctx: AppContext): void {
  async function shown(person: Person, rows: readonly ConflictRow[]) {
    const said = await selectAcknowledgements(
      ctx.db,
      rows.map((row) => row.work_conflict_id),
    );
    return rows.map((row) => workConflictOf(row, person, said));
  }

  handle(server, workConflictRoutes.listWorkConflicts, async (request) => {
    const { person, scope } = requireSight(request, "sessions");
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectConflicts(ctx.db, filter, pageSize, (page - 1) * pageSize);
    return { items: await shown(person, rows), total: await countConflicts(ctx.db, filter), page, pageSize };
  });

  handle(server, workConflictRoutes.getWorkConflict, async (request) => {
    const { person, row } = await requireVisibleConflict(ctx, request, request.params.workConflictId);
    return (await shown(person, [row]))[0]!;
  });

  handle(server, workConflictRoutes.acknowledgeWorkConflict, async (request) => {
    requireRole(request, "enterprise-officer");
    const { person, row } = await requireVisibleConflict(ctx, request, request.params.workConflictId);
    await acknowledgeConflict(ctx, person, row, request.body.note);
    return (await shown(person, [row]))[0]!;
  });

  handle(server, workConflictRoutes.readConflictContacts, async (request) => {
    requireSight(request, "people", "personal");
    const { person, row } = await requireVisibleConflict(ctx, request, request.params.workConflictId);
    return { contacts: await conflictContacts(ctx, person, row) };
  });
}
