import type { RegionCounts } from "@hanyouxu/api";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinRegions, withinScope } from "../../db/within-scope.ts";

/** Where each kind may be counted; undefined: nowhere, which is shown as unknown rather than as none. */
export interface CountedReach {
  machines: ReachedRows | undefined;
  enterprises: ReachedRows | undefined;
  welders: ReachedRows | undefined;
}

type Kind = keyof CountedReach;
type ByChild = ReadonlyMap<string, number>;

const CHILD_LENGTH: Record<number, number> = { 0: 2, 2: 4, 4: 6, 6: 9, 9: 9 };

/** What lies in `parent` (the whole country when undefined) and in each of its children, within the reader's reach. */
export async function countInRegions(
  db: Kysely<Tables>,
  parent: string | undefined,
  reach: CountedReach,
): Promise<{ whole: Omit<RegionCounts, "code">; children: RegionCounts[] }> {
  const counts = {
    machines: reach.machines && (await countByChild(db, "machines", parent, reach.machines)),
    enterprises: reach.enterprises && (await countByChild(db, "enterprises", parent, reach.enterprises)),
    welders: reach.welders && (await countByChild(db, "welders", parent, reach.welders)),
  };
  const codes = new Set(Object.values(counts).flatMap((found) => [...(found?.keys() ?? [])]));
  // What lies in the parent itself is part of the whole and of no child.
  codes.delete(parent ?? "");
  const numberIn = (kind: Kind, code: string) => counts[kind] && (counts[kind].get(code) ?? 0);
  return {
    whole: {
      machines: sumOf(counts.machines),
      enterprises: sumOf(counts.enterprises),
      welders: sumOf(counts.welders),
    },
    children: [...codes].sort().map((code) => ({
      code,
      machines: numberIn("machines", code) ?? null,
      enterprises: numberIn("enterprises", code) ?? null,
      welders: numberIn("welders", code) ?? null,
    })),
  };
}

function sumOf(counts: ByChild | undefined): number | null {
  return counts ? [...counts.values()].reduce((sum, count) => sum + count, 0) : null;
}

async function countByChild(
  db: Kysely<Tables>,
  table: Kind,
  parent = "",
  reach: ReachedRows,
): Promise<ByChild> {
  // A welder is bound to a region; which enterprises employ him says nothing about where he is registered.
  const within =
    table === "welders"
      ? withinRegions(reach, "t.region_code")
      : withinScope(reach, "t.region_code", "t.enterprise_id");
  const { rows } = await sql<{ code: string; count: number }>`
    select left(t.region_code, ${CHILD_LENGTH[parent.length]}::integer) as code, count(*) as count
    from ${sql.table(table)} t
    where t.region_code like ${`${parent}%`} and ${within}
    group by 1`.execute(db);
  return new Map(rows.map(({ code, count }) => [code, count]));
}
