import { otherWorkRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import { isInScope, type Person, requireRole, requireSight, sightOf } from "../sign-in/sign-in.ts";
import { foundConflictOf } from "./conflict-view.ts";
import { countOtherWorks, type OtherWorkRow, selectOtherWorks } from "./other-work-queries.ts";
import { otherWorkOf } from "./other-work-view.ts";
import { declareOtherWork, endOtherWork } from "./other-works.ts";
import { mayEnd, requireVisibleWork } from "./policy.ts";
import { conflictsOf } from "./simultaneous-work.ts";

export function registerOtherWorks(server: FastifyInstance, ctx: AppContext): void {
  function shown(person: Person, row: OtherWorkRow) {
    const firms = [row.enterprise_id, row.site_owner_enterprise_id];
    const isNamed = isInScope(sightOf(person, "people"), row.region_code, ...firms);
    return otherWorkOf(ctx, row, { isNamed, mayEnd: mayEnd(person, row) });
  }

  async function shownAgain(person: Person, otherWorkId: string) {
    const [row] = await selectOtherWorks(ctx.db, { otherWorkId }, 1, 0);
    return shown(person, row!);
  }

  handle(server, otherWorkRoutes.declareOtherWork, async (request) => {
    const person = requireRole(request, "enterprise-officer");
    const { otherWorkId, pairs } = await declareOtherWork(ctx, person, request.body);
    return {
      otherWork: await shownAgain(person, otherWorkId),
      conflicts: pairs.map((pair) => foundConflictOf(pair, `other-work:${otherWorkId}`)),
    };
  });

  handle(server, otherWorkRoutes.listOtherWorks, async (request) => {
    const { person, scope } = requireSight(request, "sessions");
    const { page, pageSize, isOpen, ...query } = request.query;
    const at = new Date(ctx.clock.nowMs());
    const filter = { ...query, scope, isOpen: isOpen === undefined ? undefined : { value: isOpen, at } };
    const rows = await selectOtherWorks(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => shown(person, row));
    return { items, total: await countOtherWorks(ctx.db, filter), page, pageSize };
  });

  handle(server, otherWorkRoutes.getOtherWork, async (request) => {
    const { person, row } = await requireVisibleWork(ctx, request, request.params.otherWorkId);
    const subject = { subject: "other-work", id: row.other_work_id } as const;
    return { otherWork: shown(person, row), conflicts: await conflictsOf(ctx, subject) };
  });

  handle(server, otherWorkRoutes.endOtherWork, async (request) => {
    requireRole(request, "enterprise-officer");
    const { person, row } = await requireVisibleWork(ctx, request, request.params.otherWorkId);
    if (!mayEnd(person, row)) throw new AppError("region.out_of_scope");
    await endOtherWork(ctx, person, row, request.body.reason);
    return await shownAgain(person, row.other_work_id);
  });
}
