import type { SharedStatisticsQuery, StatisticsAnswer, StatisticsMeasureInfo } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { SharingClient } from "../sharing/sharing.ts";
import { requireScope } from "../sign-in/sign-in.ts";
import { allMeasureInfos, answerQuestion, checkQuestion, reachOfRegion } from "../statistics/statistics.ts";

/**
 * What a program may ask counts of: what its department sees as counts now.
 * @throws AppError api_client.resource_forbidden where it was not registered for counts, or nothing is left
 */
export function sharedMeasures({ counts }: SharingClient): StatisticsMeasureInfo[] {
  const seen = allMeasureInfos.filter(({ needs }) => needs.every((group) => counts.includes(group)));
  if (seen.length === 0) throw new AppError("api_client.resource_forbidden");
  return seen;
}

/**
 * Counts for a program, of its region; the audit log has the question before the program has the answer.
 * @throws AppError api_client.resource_forbidden, region.out_of_scope, request.invalid
 */
export async function answerProgram(
  ctx: Pick<AppContext, "db" | "clock" | "config" | "audit">,
  client: SharingClient,
  { dimensions = [], region, rank, ...query }: SharedStatisticsQuery,
): Promise<StatisticsAnswer> {
  const seen = sharedMeasures(client).map(({ measure }) => measure);
  if (!query.measures.every((measure) => seen.includes(measure))) {
    throw new AppError("api_client.resource_forbidden");
  }
  const reach = reachOfRegion(client.region);
  if (region !== undefined) requireScope(reach, region);
  const place = { region: region ?? client.region };
  const question = { ...query, ...place, dimensions, filters: {}, ...(rank ? { rank } : {}) };
  checkQuestion(question, "query");
  const answer = await answerQuestion(ctx, question, () => reach);
  await ctx.audit.record(ctx.db, {
    actor: `client:${client.clientId}`,
    action: "shared_data.read",
    subject: "shared:statistics",
    details: { filter: question, rows: answer.rows.length },
  });
  return answer;
}
