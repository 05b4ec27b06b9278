import { type FieldGroup, regionRoutes } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import {
  requirePerson,
  requireRole,
  STAFF_ROLES,
  scopeOf,
  sightOf,
  sightSummary,
} from "../sign-in/sign-in.ts";
import { countInRegions } from "./count-in-regions.ts";
import { countRegions, selectRegions } from "./queries.ts";
import { CODE_LENGTHS, regionsOf, requireRegion, setSuccessor } from "./regions.ts";

/** The tree itself is public knowledge, for every signed-in person; what lies in it is counted within reach. */
export function registerRegions(server: FastifyInstance, ctx: AppContext): void {
  handle(server, regionRoutes.listRegions, async (request) => {
    requirePerson(request);
    const { page, pageSize, parent, text, level, state } = request.query;
    const isTop = parent === undefined && text === undefined && level === undefined && state !== "abolished";
    const filter = {
      ...(isTop ? { parent: null } : parent === undefined ? {} : { parent }),
      ...(text === undefined ? {} : { text }),
      ...(level === undefined ? {} : { codeLength: CODE_LENGTHS[level] }),
      ...(state === "all" ? {} : { isAbolished: state === "abolished" }),
    };
    const rows = await selectRegions(ctx.db, filter, pageSize, (page - 1) * pageSize);
    return {
      items: await regionsOf(ctx, rows),
      total: await countRegions(ctx.db, filter),
      page,
      pageSize,
    };
  });

  handle(server, regionRoutes.getRegion, async (request) => {
    requirePerson(request);
    return await requireRegion(ctx, request.params.code);
  });

  handle(server, regionRoutes.countInRegions, async (request) => {
    const person = requireRole(request, ...STAFF_ROLES);
    const { sees } = sightSummary(person);
    const counted = (group: FieldGroup) =>
      sees[group] === "none" ? undefined : sightOf(person, group, "counts");
    return await countInRegions(ctx.db, request.query.parent, {
      machines: counted("machines"),
      enterprises: counted("enterprises"),
      welders: counted("people"),
    });
  });

  handle(server, regionRoutes.setSuccessor, async (request) => {
    const person = requireRole(request, "operator");
    // The tree is one for all regions: only who reaches everything changes it.
    if (!scopeOf(person, "operator").everywhere) throw new AppError("region.out_of_scope");
    const { successor } = request.body;
    return await setSuccessor(
      ctx,
      request.params.code as RegionCode,
      successor as RegionCode | null,
      person.personId,
    );
  });
}
