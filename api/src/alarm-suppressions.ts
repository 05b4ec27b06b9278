import { alarmKinds } from "@hanyouxu/rules";
import { z } from "zod";
import { alarmKind } from "./alarm-shapes.ts";
import { bilingual } from "./language.ts";
import { pageOf, pageQuery } from "./page.ts";
import { defineRoute } from "./route.ts";
import { regionCode } from "./sign-in.ts";

/** A declared time in which what happens there is kept as history and alarms nobody. */
export const alarmSuppression = z
  .object({
    suppressionId: z.uuid(),
    /** All that is named must fit; null or empty: any. */
    region: regionCode.nullable(),
    regionName: z.string().nullable(),
    enterpriseId: z.uuid().nullable(),
    enterpriseName: z.string().nullable(),
    machineId: z.uuid().nullable(),
    machineName: z.string().nullable(),
    kinds: z.array(alarmKind),
    reason: z.string(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    status: z.enum(["planned", "going", "over"]),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    /** Alarms that it kept back so far. */
    suppressed: z.int(),
  })
  .meta({ id: "AlarmSuppression" });
export type AlarmSuppression = z.infer<typeof alarmSuppression>;

const reason = z
  .string()
  .trim()
  .min(2, { error: bilingual("请写明原因（至少 2 个字）", "Give the reason, at least 2 characters") })
  .max(500, { error: bilingual("最多 500 个字", "At most 500 characters") });
const params = z.object({ suppressionId: z.uuid() });
const tag = "alarms";

export const alarmSuppressionRoutes = {
  listAlarmSuppressions: defineRoute({
    method: "GET",
    path: "/api/alarm-suppressions",
    tag,
    summary: "Suppression windows within the caller's regions, going ones first",
    query: z.object({ ...pageQuery, status: z.enum(["planned", "going", "over"]).optional() }),
    answers: { 200: pageOf(alarmSuppression) },
    refusals: [401, 403],
  }),
  createAlarmSuppression: defineRoute({
    method: "POST",
    path: "/api/alarm-suppressions",
    tag,
    summary: "Declares maintenance: what happens there meanwhile is kept as history and alarms nobody",
    body: z
      .object({
        region: regionCode.nullable(),
        enterpriseId: z.uuid().nullable(),
        machineId: z.uuid().nullable(),
        kinds: z.array(alarmKind).max(alarmKinds.length),
        reason,
        from: z.iso.datetime(),
        to: z.iso.datetime(),
      })
      .refine(({ from, to }) => from < to, {
        error: bilingual("结束时间应晚于开始时间", "The end must be after the beginning"),
        path: ["to"],
      })
      .refine(
        ({ region, enterpriseId, machineId }) =>
          region !== null || enterpriseId !== null || machineId !== null,
        {
          error: bilingual("请选择区域、企业或焊机", "Choose a region, an enterprise or a machine"),
          path: ["region"],
        },
      ),
    answers: { 201: alarmSuppression },
    refusals: [401, 403, 404, 409],
  }),
  changeAlarmSuppression: defineRoute({
    method: "PUT",
    path: "/api/alarm-suppressions/:suppressionId",
    tag,
    summary: "Another end for a window that is not over, with the reason",
    params,
    body: z.object({ to: z.iso.datetime(), reason }),
    answers: { 200: alarmSuppression },
    refusals: [401, 403, 404, 409],
  }),
  endAlarmSuppression: defineRoute({
    method: "POST",
    path: "/api/alarm-suppressions/:suppressionId/ending",
    tag,
    summary: "Ends a window now; what is still active is raised as an alarm",
    params,
    body: z.object({ reason }),
    answers: { 200: alarmSuppression },
    refusals: [401, 403, 404, 409],
  }),
};
