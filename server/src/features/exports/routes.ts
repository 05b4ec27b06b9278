import {
  exportRoutes,
  type FieldGroup,
  type Language,
  MAX_EXPORT_ROWS,
  type Route,
  type RouteQuery,
} from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { sendAttachment } from "../../http/attachment.ts";
import { refuseStrangers } from "../../http/contract-route.ts";
import { languageOf } from "../../http/request-language.ts";
import { alarmFilterOf, listAlarms } from "../alarms/alarms.ts";
import { type MachineColumns, Matcher, mapSightOf, rowsWithin } from "../live-map/live-map.ts";
import { onlineSince, selectMachines } from "../machines/machines.ts";
import { type Person, requireSight, type Scope, sightOf } from "../sign-in/sign-in.ts";
import { selectWorkSessions } from "../work-sessions/work-sessions.ts";
import { alarmTable } from "./alarm-table.ts";
import { type ExportTable, exportFile } from "./exports.ts";
import { selectEnterprises, selectWelders } from "./queries.ts";
import { exportTables } from "./tables.ts";

/** One more than may go out, so that too many are seen. */
const LIMIT = MAX_EXPORT_ROWS + 1;

export function registerExports(server: FastifyInstance, ctx: AppContext, columns: MachineColumns): void {
  /** An export is its list's query without pages, in the caller's reach, language and form; no more than the list shows. */
  function handleExport<R extends Route>(
    route: R,
    group: FieldGroup,
    tableOf: (
      query: Omit<RouteQuery<R> & object, "format">,
      scope: Scope,
      tables: ReturnType<typeof exportTables>,
      person: Person,
      language: Language,
    ) => Promise<ExportTable>,
  ): void {
    server.get(route.path, {
      schema: { querystring: route.query },
      preValidation: refuseStrangers,
      async handler(request: FastifyRequest, reply) {
        const { person, scope } = requireSight(request, group);
        const query = request.query as RouteQuery<R> & { format: "xlsx" | "csv" };
        const { format, ...filters } = query;
        const language = languageOf(request);
        const tables = exportTables(ctx, language);
        const table = await tableOf(filters as never, scope, tables, person, language);
        const { name, bytes } = await exportFile(ctx, person.personId, table, { ...filters, format });
        return sendAttachment(reply, format, name, bytes);
      },
    });
  }

  handleExport(exportRoutes.exportMachines, "machines", async (query, scope, tables) => {
    const { sort, state, isAtWork, ...rest } = query;
    const heardSince = onlineSince(ctx.clock.nowMs());
    const inState = state && { state: { is: state, heardSince } };
    const atWork = isAtWork !== undefined && { work: { isAtWork, heardSince } };
    const filter = { ...rest, ...inState, ...atWork, scope };
    return tables.machines(await selectMachines(ctx.db, filter, sort, { limit: LIMIT, offset: 0 }));
  });
  handleExport(exportRoutes.exportMapSelection, "machines", async (query, scope, tables, person) => {
    const { polygon, ...filter } = query;
    const matcher = new Matcher(columns, mapSightOf(person), filter, ctx.clock.nowMs());
    const rows = rowsWithin(columns, matcher, { polygon }).slice(0, LIMIT);
    const machineIds = rows.map((row) => columns.ids[row]!);
    const machines = await selectMachines(ctx.db, { scope, machineIds }, "name", { limit: LIMIT, offset: 0 });
    return { ...tables.machines(machines), list: "map-selection" };
  });
  handleExport(exportRoutes.exportWorkSessions, "sessions", async (query, scope, tables, person) => {
    const rows = await selectWorkSessions(ctx.db, { ...query, scope }, LIMIT, 0);
    return tables.workSessions(rows, sightOf(person, "people"));
  });
  handleExport(exportRoutes.exportAlarms, "alarms", async (query, scope, _tables, person, language) => {
    const filter = alarmFilterOf(query, person, scope, ctx.clock.nowMs());
    return alarmTable(await listAlarms(ctx.db, filter, LIMIT), language);
  });
  handleExport(exportRoutes.exportEnterprises, "enterprises", async (query, scope, tables) =>
    tables.enterprises(await selectEnterprises(ctx.db, { ...query, scope }, LIMIT)),
  );
  handleExport(exportRoutes.exportWelders, "people", async (query, scope, tables) =>
    tables.welders(await selectWelders(ctx.db, { ...query, scope }, LIMIT)),
  );
}
