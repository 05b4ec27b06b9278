import { type ReportFormat, statisticsReportRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { sendAttachment } from "../../http/attachment.ts";
import { handle, refuseStrangers } from "../../http/contract-route.ts";
import { requireRole } from "../sign-in/sign-in.ts";
import { requireCountedRegion, STATISTICS_ROLES } from "../statistics/statistics.ts";
import { readersOver } from "./readers.ts";
import {
  changeSchedule,
  createSchedule,
  endSchedule,
  listSchedules,
  makeNow,
  questionMeasures,
} from "./schedules.ts";
import { listReports, openReportFile } from "./statistics-reports.ts";

export function registerStatisticsReports(server: FastifyInstance, ctx: AppContext): void {
  handle(server, statisticsReportRoutes.listReportSchedules, async (request) => {
    const { personId } = requireRole(request, ...STATISTICS_ROLES);
    return { items: await listSchedules(ctx, personId) };
  });
  handle(server, statisticsReportRoutes.createReportSchedule, async (request) => {
    const person = requireRole(request, ...STATISTICS_ROLES);
    return await createSchedule(ctx, person, request.body);
  });
  handle(server, statisticsReportRoutes.changeReportSchedule, async (request) => {
    const person = requireRole(request, ...STATISTICS_ROLES);
    return await changeSchedule(ctx, person, request.params.reportScheduleId, request.body);
  });
  handle(server, statisticsReportRoutes.deleteReportSchedule, async (request) => {
    const { personId } = requireRole(request, ...STATISTICS_ROLES);
    await endSchedule(ctx, personId, request.params.reportScheduleId);
    return null;
  });
  handle(server, statisticsReportRoutes.makeReportNow, async (request) => {
    const { personId } = requireRole(request, ...STATISTICS_ROLES);
    await makeNow(ctx, personId, request.params.reportScheduleId);
    return null;
  });
  handle(server, statisticsReportRoutes.listReportReaders, async (request) => {
    const person = requireRole(request, ...STATISTICS_ROLES);
    const region = requireCountedRegion(person, request.query.region);
    const people = await readersOver(ctx, region, questionMeasures(person, region, null));
    return { people: people.filter(({ personId }) => personId !== person.personId) };
  });
  handle(server, statisticsReportRoutes.listStatisticsReports, async (request) => {
    const person = requireRole(request, ...STATISTICS_ROLES);
    return await listReports(ctx, person, request.query);
  });

  const { path, params, query } = statisticsReportRoutes.getStatisticsReportFile;
  server.get(path, {
    schema: { params, querystring: query },
    preValidation: refuseStrangers,
    async handler(request, reply) {
      const person = requireRole(request, ...STATISTICS_ROLES);
      const { statisticsReportId } = request.params as { statisticsReportId: string };
      const { format } = request.query as { format: ReportFormat };
      const { name, bytes } = await openReportFile(ctx, person, statisticsReportId, format);
      return sendAttachment(reply, format, name, bytes);
    },
  });
}
