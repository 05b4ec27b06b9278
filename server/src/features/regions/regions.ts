import type { Region, RegionLevel } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { AppError } from "../../errors.ts";
import { parentOf } from "./divisions.ts";
import { type RegionRow, selectFormerNames, selectNames, selectRegions, updateSuccessor } from "./queries.ts";

type ReadContext = Pick<AppContext, "db">;

export const CODE_LENGTHS: Record<RegionLevel, number> = { province: 2, city: 4, county: 6, township: 9 };

export function levelOf(code: string): RegionLevel {
  const levels = Object.keys(CODE_LENGTHS) as RegionLevel[];
  return levels.find((level) => CODE_LENGTHS[level] === code.length) ?? "township";
}

/** Regions as the API shows them: with the way down to them and the names they had. */
export async function regionsOf(ctx: ReadContext, rows: readonly RegionRow[]): Promise<Region[]> {
  const above = new Set(rows.flatMap(({ region_code }) => ancestorsOf(region_code)));
  const names = new Map((await selectNames(ctx.db, [...above])).map((row) => [row.region_code, row.name]));
  const former = await selectFormerNames(
    ctx.db,
    rows.map(({ region_code }) => region_code),
  );
  return rows.map((row) => ({
    code: row.region_code,
    name: row.name,
    level: levelOf(row.region_code),
    path: ancestorsOf(row.region_code).flatMap((code) => {
      const name = names.get(code);
      return name === undefined ? [] : [{ code, name }];
    }),
    hasChildren: row.has_children,
    abolishedOn: row.abolished_on,
    successor:
      row.successor_code === null ? null : { code: row.successor_code, name: row.successor_name ?? "" },
    formerNames: former
      .filter(({ region_code, name }) => region_code === row.region_code && name !== row.name)
      .map(({ name, ended_on }) => ({ name, endedOn: ended_on })),
  }));
}

/** @throws AppError region.not_found */
export async function requireRegion(ctx: ReadContext, code: string): Promise<Region> {
  const [region] = await regionsOf(ctx, await selectRegions(ctx.db, { code }, 1, 0));
  if (!region) throw new AppError("region.not_found");
  return region;
}

/** Says which region has taken over an abolished one. @throws AppError region.not_found | region.not_abolished | region.own_successor */
export async function setSuccessor(
  ctx: Pick<AppContext, "db" | "audit">,
  code: RegionCode,
  successor: RegionCode | null,
  actor: string,
): Promise<Region> {
  const region = await requireRegion(ctx, code);
  if (region.abolishedOn === null) throw new AppError("region.not_abolished");
  if (successor !== null) {
    const next = await requireRegion(ctx, successor);
    if (next.code === code || next.abolishedOn !== null) throw new AppError("region.own_successor");
  }
  await inTransaction(ctx.db, async (tx) => {
    await updateSuccessor(tx, code, successor);
    const details = { successor };
    await ctx.audit.record(tx, { actor, action: "region.succeeded", subject: `region:${code}`, details });
  });
  return await requireRegion(ctx, code);
}

/** From the province down, without the region itself. */
function ancestorsOf(code: string): RegionCode[] {
  const parent = parentOf(code);
  return parent === null ? [] : [...ancestorsOf(parent), parent];
}

export { bundledDivisions, type Division, parseDivisions } from "./divisions.ts";
export { type ImportedRegions, importRegions } from "./import-regions.ts";
