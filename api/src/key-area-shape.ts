import { isCivilDay } from "@hanyouxu/rules";
import { z } from "zod";
import { bilingual } from "./language.ts";

/** GeoJSON order: longitude, latitude; WGS-84 degrees. */
const geoPosition = z
  .tuple([
    z
      .number({ error: bilingual("坐标应为数字", "A coordinate is a number") })
      .min(-180)
      .max(180),
    z
      .number({ error: bilingual("坐标应为数字", "A coordinate is a number") })
      .min(-90)
      .max(90),
  ])
  .readonly();

const ring = z.array(geoPosition).max(2_001).readonly();
const polygonRings = z.array(ring).min(1).max(200).readonly();

/** GeoJSON (RFC 7946) in WGS-84: the first ring of a polygon is its outline, the others are holes. */
export const areaGeometry = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("Polygon"), coordinates: polygonRings }),
    z.object({
      type: z.literal("MultiPolygon"),
      coordinates: z.array(polygonRings).min(1).max(100).readonly(),
    }),
  ])
  .meta({ id: "AreaGeometry" });
export type AreaGeometry = z.infer<typeof areaGeometry>;

/** A circle as it was drawn; the area's geometry then is a polygon of 64 sides for it. */
export const areaCircle = z
  .object({
    centre: geoPosition,
    radiusMetres: z
      .number()
      .min(1, { error: bilingual("半径至少 1 米", "The radius is at least 1 metre") })
      .max(20_000, { error: bilingual("半径最多 20 公里", "The radius is at most 20 km") }),
  })
  .meta({ id: "AreaCircle" });
export type AreaCircle = z.infer<typeof areaCircle>;

/** What is drawn: a polygon with holes, or a circle. */
export const drawnShape = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("polygon"), geometry: areaGeometry }),
    z.object({ type: z.literal("circle"), circle: areaCircle }),
  ])
  .meta({ id: "DrawnShape" });
export type DrawnShape = z.infer<typeof drawnShape>;

/** What the coordinates of a file are in. */
export const datumOfFile = z.enum(["wgs84", "cgcs2000", "gcj02"], {
  error: bilingual("请选择坐标系", "Choose the coordinate system"),
});
export type DatumOfFile = z.infer<typeof datumOfFile>;

/** A floor as on a lift's button: `B1`, `1`, `12`, `R` (roof). */
export const floorName = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^(B?\d{1,3}[A-Z]?|R|M\d?)$/, {
    error: bilingual("楼层写作 1、12、B1 或 R（屋面）", "Write a floor as 1, 12, B1 or R (roof)"),
  });

const timeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, {
  error: bilingual("时间写作 08:30", "Write a time as 08:30"),
});

const civilDay = z.string().refine(isCivilDay, {
  error: bilingual("日期写作 2026-01-31", "Write a day as 2026-01-31"),
});

/** When the area counts, when the public is inside and what else holds on some days; hours and days in Asia/Shanghai. */
export const keyAreaValidity = z
  .object({
    from: z.iso.datetime().nullable(),
    until: z.iso.datetime().nullable(),
    openingHours: z
      .array(
        z.object({
          /** 1 Monday … 7 Sunday. */
          weekdays: z
            .array(z.int().min(1).max(7))
            .min(1, { error: bilingual("请选择星期", "Choose days of the week") })
            .max(7)
            .readonly(),
          opensAt: timeOfDay,
          /** At or before `opensAt`: on the next day. */
          closesAt: timeOfDay,
        }),
      )
      .max(14)
      .readonly(),
    specialPeriods: z
      .array(
        z
          .object({
            name: z
              .string()
              .trim()
              .min(1, { error: bilingual("请填写名称", "Give it a name") })
              .max(50),
            fromDay: civilDay,
            untilDay: civilDay,
            /** forbidden: no hot work at all; closed: shut to the public. */
            rule: z.enum(["forbidden", "closed"]),
          })
          .refine(({ fromDay, untilDay }) => fromDay <= untilDay, {
            path: ["untilDay"],
            error: bilingual("结束日期不能早于开始日期", "The last day cannot be before the first"),
          }),
      )
      .max(50)
      .readonly(),
  })
  .refine(({ from, until }) => from === null || until === null || from < until, {
    path: ["until"],
    error: bilingual("结束时间应晚于开始时间", "The end is later than the start"),
  })
  .meta({ id: "KeyAreaValidity" });

const minutes = (most: number) =>
  z
    .int({ error: bilingual("请填写整分钟数", "Give whole minutes") })
    .min(0, { error: bilingual("不能为负", "It cannot be negative") })
    .max(most, { error: bilingual(`最多 ${most} 分钟`, `At most ${most} minutes`) });

/** What the area demands; see `KeyAreaPolicy` of the rules for what each part means. */
export const keyAreaPolicy = z
  .object({
    demands: z.object({
      permit: z.boolean(),
      sceneCheck: z.boolean(),
      fireWatch: z.boolean(),
      smoulderWatch: z.boolean(),
    }),
    sceneCheckAttempts: z
      .int()
      .min(1, { error: bilingual("至少 1 次", "At least 1") })
      .max(10, { error: bilingual("最多 10 次", "At most 10") }),
    graceMinutes: minutes(120),
    smoulderWatchMinutes: minutes(720),
    workWhileOpen: z.enum(["allowed", "forbidden"]),
  })
  .meta({ id: "KeyAreaPolicy" });
