import type { Wall } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import type { ReachedRows } from "../../db/within-scope.ts";
import { CODE_LENGTHS, requireRegion } from "../regions/regions.ts";
import { selectOutermost } from "./region-queries.ts";

const LENGTHS = Object.values(CODE_LENGTHS);

/** Digits of the codes right below a region; its own where nothing lies below. */
export function childLengthOf(region: string): number {
  return LENGTHS.find((length) => length > region.length) ?? region.length;
}

/** The region that holds all of a reach; empty where that is several provinces. */
export async function outermostRegion(ctx: Pick<AppContext, "db">, reach: ReachedRows): Promise<string> {
  const isByRegion = !reach.everywhere && reach.enterprises.length === 0;
  if (isByRegion && reach.regions.length > 0) return commonRegion(reach.regions);
  const { first, last } = (await selectOutermost(ctx.db, reach)) ?? {};
  return first && last ? commonRegion([first, last]) : "";
}

/** The deepest region that all lie in: codes contain their parents'. */
export function commonRegion(codes: readonly string[]): string {
  const [first = "", ...others] = codes;
  const length = LENGTHS.findLast(
    (digits) => digits <= first.length && others.every((code) => code.startsWith(first.slice(0, digits))),
  );
  return first.slice(0, length ?? 0);
}

/** @throws AppError region.not_found */
export async function shownRegion(
  ctx: Pick<AppContext, "db">,
  code: string,
  reach: ReachedRows,
): Promise<Wall["region"]> {
  if (code === "") return null;
  const { name, level, path } = await requireRegion(ctx, code);
  const isReached = (above: string) =>
    reach.everywhere || reach.regions.some((region) => above.startsWith(region));
  return { code, name, level, path: path.filter((above) => isReached(above.code)) };
}
