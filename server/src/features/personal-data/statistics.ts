import type { WelderStatistic } from "@hanyouxu/api";
import { shanghaiDay } from "@hanyouxu/rules";
import { type Kysely, sql } from "kysely";
import type { AppContext } from "../../context.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";
import { suppressSmallCells } from "./small-cells.ts";

interface Counted {
  region_code: string;
  region_name: string;
  family: string;
  welders: number;
}

async function countWelders(db: Kysely<Tables>, scope: ReachedRows, today: string): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select w.region_code, r.name as region_name, c.family, count(distinct w.welder_id)::int as welders
    from welders w
    join regions r on r.region_code = w.region_code
    join certificates c on c.welder_id = w.welder_id
    where w.status = 'active' and c.status = 'valid' and c.valid_from <= ${today} and c.valid_to >= ${today}
      and ${withinScope(scope, "w.region_code")}
    group by w.region_code, r.name, c.family
    order by w.region_code, c.family`.execute(db);
  return rows;
}

/** Welders by the township they are registered in and the family of their valid certificates; one of two counts twice. */
export async function welderStatistic(
  ctx: Pick<AppContext, "db" | "clock" | "config">,
  scope: ReachedRows,
): Promise<WelderStatistic> {
  const counted = await countWelders(ctx.db, scope, shanghaiDay(ctx.clock.nowMs()));
  const families = [...new Set(counted.map(({ family }) => family))].sort();
  const regions = [...new Map(counted.map((row) => [row.region_code, row.region_name]))];
  const counts = regions.map(([code]) =>
    families.map(
      (family) => counted.find((row) => row.region_code === code && row.family === family)?.welders ?? 0,
    ),
  );
  const smallestCount = ctx.config.smallestCount;
  const shown = suppressSmallCells(counts, smallestCount);
  return {
    smallestCount,
    families,
    rows: regions.map(([region, regionName], index) => ({
      region,
      regionName,
      counts: shown.counts[index]!,
      total: shown.rowTotals[index]!,
    })),
    totals: shown.columnTotals,
    total: shown.total,
  };
}
