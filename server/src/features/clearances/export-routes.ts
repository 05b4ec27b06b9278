import { clearanceRoutes, type ExportFormat, MAX_EXPORT_ROWS } from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { sendAttachment } from "../../http/attachment.ts";
import { refuseStrangers } from "../../http/contract-route.ts";
import { languageOf } from "../../http/request-language.ts";
import { exportFile } from "../exports/exports.ts";
import { isInScope, requireSight, sightOf } from "../sign-in/sign-in.ts";
import { clearanceTable } from "./clearance-table.ts";
import { clearanceOf } from "./clearance-view.ts";
import { type ClearanceFilter, selectClearances } from "./queries.ts";

/** The list of clearances as a file. */
export function registerClearanceExport(server: FastifyInstance, ctx: AppContext): void {
  const route = clearanceRoutes.exportClearances;
  server.get(route.path, {
    schema: { querystring: route.query },
    preValidation: refuseStrangers,
    async handler(request: FastifyRequest, reply) {
      const { person, scope } = requireSight(request, "sessions");
      const { format, ...filters } = request.query as ClearanceFilter & { format: ExportFormat };
      const rows = await selectClearances(ctx.db, { ...filters, scope }, MAX_EXPORT_ROWS + 1, 0);
      const named = sightOf(person, "people");
      const clearances = rows.map((row) => {
        const firms = [row.enterprise_id, row.site_owner_enterprise_id];
        const isNamed = isInScope(named, row.region_code, ...firms);
        return clearanceOf(ctx, row, { part: "none", isNamed });
      });
      const table = clearanceTable(clearances, languageOf(request));
      const { name, bytes } = await exportFile(ctx, person.personId, table, { ...filters, format });
      return sendAttachment(reply, format, name, bytes);
    },
  });
}
