import {
  type StatisticsQuestion,
  statisticsDimensions,
  statisticsQuestion,
  statisticsRoutes,
} from "@hanyouxu/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { sendAttachment } from "../../http/attachment.ts";
import { handle, refuseStrangers } from "../../http/contract-route.ts";
import { languageOf } from "../../http/request-language.ts";
import { exportFile } from "../exports/exports.ts";
import { requireRole, requireScope, requireSight, scopeOf } from "../sign-in/sign-in.ts";
import { answerTable } from "./answer-table.ts";
import { allMeasureInfos, measures } from "./measures.ts";
import { countsReach, measuresSeen, STATISTICS_ROLES } from "./policy.ts";
import { answerQuestion } from "./statistics.ts";
import { dimensionTitles } from "./titles.ts";
import { changeView, deleteView, keepView, listViews } from "./views.ts";

export function registerStatistics(server: FastifyInstance, ctx: AppContext): void {
  handle(server, statisticsRoutes.listStatisticsMeasures, async (request) => {
    const person = requireRole(request, ...STATISTICS_ROLES);
    const seen = measuresSeen(person, undefined);
    return {
      measures: allMeasureInfos.filter(({ measure }) => seen.includes(measure)),
      dimensions: statisticsDimensions.map((dimension) => ({ dimension, title: dimensionTitles[dimension] })),
    };
  });

  handle(server, statisticsRoutes.queryStatistics, (request) => answer(request, request.body));

  server.get(statisticsRoutes.exportStatistics.path, {
    schema: { querystring: statisticsRoutes.exportStatistics.query },
    preValidation: refuseStrangers,
    async handler(request, reply) {
      const person = requireRole(request, ...STATISTICS_ROLES);
      const query = request.query as { question: string; format: "xlsx" | "csv" };
      const question = readQuestion(query.question);
      const table = answerTable(await answer(request, question), languageOf(request));
      const { name, bytes } = await exportFile(ctx, person.personId, table, {
        ...question,
        format: query.format,
      });
      return sendAttachment(reply, query.format, name, bytes);
    },
  });

  handle(server, statisticsRoutes.listStatisticsViews, async (request) => {
    const person = requireRole(request, ...STATISTICS_ROLES);
    return { items: await listViews(ctx, person.personId, scopeOf(person, ...STATISTICS_ROLES)) };
  });
  handle(server, statisticsRoutes.keepStatisticsView, async (request) => {
    const person = requireRole(request, ...STATISTICS_ROLES);
    return await keepView(ctx, person.personId, scopeOf(person, ...STATISTICS_ROLES), request.body);
  });
  handle(server, statisticsRoutes.changeStatisticsView, async (request) => {
    const { personId } = requireRole(request, ...STATISTICS_ROLES);
    return await changeView(ctx, personId, request.params.statisticsViewId, request.body);
  });
  handle(server, statisticsRoutes.deleteStatisticsView, async (request) => {
    const { personId } = requireRole(request, ...STATISTICS_ROLES);
    await deleteView(ctx, personId, request.params.statisticsViewId);
    return null;
  });

  /** In the caller's reach, which may differ by what is counted: a department sees more of one thing than of another. */
  async function answer(request: Pick<FastifyRequest, "person">, question: StatisticsQuestion) {
    for (const group of new Set(question.measures.flatMap((key) => measures[key].needs))) {
      const { scope } = requireSight(request, group, "counts", STATISTICS_ROLES);
      if (question.region !== undefined) requireScope({ ...scope, enterprises: [] }, question.region);
    }
    const person = requireRole(request, ...STATISTICS_ROLES);
    return await answerQuestion(ctx, question, countsReach(person));
  }
}

/** @throws AppError request.invalid */
function readQuestion(json: string): StatisticsQuestion {
  const parsed = statisticsQuestion.safeParse(parseJson(json));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({
    path: ["querystring", "question", ...path].join("."),
    message,
  }));
  throw new AppError("request.invalid", { fields });
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
