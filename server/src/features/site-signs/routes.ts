import { siteSignRoutes } from "@hanyouxu/api";
import type { SiteSignCode } from "@hanyouxu/protocol";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import {
  markSignsPrinted,
  requireEditor,
  requireVisibleArea,
  selectKeyAreas,
  selectSigns,
} from "../key-areas/key-areas.ts";
import { requirePerson, requireScope } from "../sign-in/sign-in.ts";
import { signPages } from "./sign-pages.ts";
import { makeSigns, placeOfSign, siteSignOf } from "./site-signs.ts";

export function registerSiteSigns(server: FastifyInstance, ctx: AppContext): void {
  /** @throws AppError sign_in.required, role.forbidden, department.forbidden, key_area.not_found, region.out_of_scope */
  async function editableArea(request: FastifyRequest, keyAreaId: string) {
    const { person, scope } = requireEditor(request);
    const [row] = await selectKeyAreas(ctx.db, { keyAreaId });
    if (!row) throw new AppError("key_area.not_found");
    requireScope(scope, row.region_code);
    return { actor: person.personId, row };
  }

  handle(server, siteSignRoutes.listSiteSigns, async (request) => {
    const { row } = await requireVisibleArea(ctx, request, request.params.keyAreaId);
    return { items: (await selectSigns(ctx.db, row.key_area_id)).map(siteSignOf) };
  });

  handle(server, siteSignRoutes.makeSiteSigns, async (request) => {
    const { actor, row } = await editableArea(request, request.params.keyAreaId);
    const signs = await makeSigns(ctx, row, { ...request.body, actor });
    return { items: signs.map(siteSignOf) };
  });

  // The site owner prints its own: the paper hangs on its wall.
  handle(server, siteSignRoutes.printSiteSigns, async (request, reply) => {
    const { person, row } = await requireVisibleArea(ctx, request, request.params.keyAreaId);
    const signs = (await selectSigns(ctx.db, row.key_area_id)).filter(({ state }) => state === "valid");
    if (signs.length === 0) throw new AppError("key_area.no_signs");
    await ctx.db.transaction().execute(async (tx) => {
      const codes = signs.map(({ sign_code }) => sign_code);
      await markSignsPrinted(tx, codes, new Date(ctx.clock.nowMs()));
      await ctx.audit.record(tx, {
        actor: person.personId,
        action: "site_signs.printed",
        subject: `key_area:${row.key_area_id}`,
        details: { signs: signs.length },
      });
    });
    const publicUrl = ctx.config.http.publicUrl ?? `${request.protocol}://${request.host}`;
    reply
      .type("application/pdf")
      .header("content-disposition", `attachment; filename="signs-${row.key_area_id}.pdf"`);
    const printed = signs.map(({ sign_code, floor }) => ({ signCode: sign_code as SiteSignCode, floor }));
    return signPages(row, printed, { publicUrl, paper: request.query.paper });
  });

  handle(server, siteSignRoutes.readSiteSign, async (request) => {
    requirePerson(request);
    return await placeOfSign(ctx, request.params.signCode);
  });
}
