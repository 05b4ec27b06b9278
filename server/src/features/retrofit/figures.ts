import type { RetrofitFigures } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../db/tables.ts";

export interface TownshipFigures extends RetrofitFigures {
  campaignId: string;
  /** Null: scanned chips whose machine is not known yet. */
  region: RegionCode | null;
  regionName: string | null;
}

/** What has become of the chips of campaigns, a row for each place that has a target, a movement or an installation. */
export async function selectFigures(
  db: Kysely<Tables>,
  campaignIds: readonly string[],
): Promise<TownshipFigures[]> {
  if (campaignIds.length === 0) return [];
  const ids = sql`any(${[...campaignIds]}::uuid[])`;
  const { rows } = await sql<TownshipFigures>`
    with counted as (
      select campaign_id, region_code, machine_count as target, 0 as allocated, 0 as returned, 0 as defective,
             0 as started, 0 as fitted, 0 as tested, 0 as failed
      from retrofit_targets where campaign_id = ${ids}
      union all
      select campaign_id, region_code, 0,
             case kind when 'allocate' then quantity else 0 end,
             case kind when 'return' then quantity else 0 end,
             case kind when 'defective' then quantity else 0 end, 0, 0, 0, 0
      from chip_stock_movements where campaign_id = ${ids} and region_code is not null
      union all
      select i.campaign_id, i.region_code, 0, 0, 0, 0, 1,
             case i.status when 'in-service' then 1 else 0 end,
             case t.status when 'passed' then 1 else 0 end,
             case when i.status = 'open' and t.status = 'failed' then 1 else 0 end
      from retrofit_installations i
      left join lateral (select status from relay_tests where installation_id = i.installation_id
                         order by sent_at desc, relay_test_id desc limit 1) t on true
      where i.campaign_id = ${ids} and i.status <> 'abandoned'
    )
    select c.campaign_id as "campaignId", c.region_code as region, r.name as "regionName",
           sum(target) as "targetMachines", sum(allocated) as allocated,
           sum(allocated) - sum(returned) - sum(defective) - sum(started) as "inStock",
           sum(started) as started, sum(fitted) as fitted, sum(tested) as tested, sum(failed) as failed,
           sum(returned) as returned, sum(defective) as defective
    from counted c left join regions r on r.region_code = c.region_code
    group by c.campaign_id, c.region_code, r.name
    order by c.region_code`.execute(db);
  return rows;
}

const FIGURES = [
  "targetMachines",
  "allocated",
  "inStock",
  "started",
  "fitted",
  "tested",
  "failed",
  "returned",
  "defective",
] as const satisfies (keyof RetrofitFigures)[];

export function sumOf(rows: readonly RetrofitFigures[]): RetrofitFigures {
  const total = Object.fromEntries(FIGURES.map((key) => [key, 0])) as unknown as RetrofitFigures;
  for (const row of rows) for (const key of FIGURES) total[key] += row[key];
  return total;
}

/** What lies in the campaigns' own stores: received, and what of it is still there. */
export async function selectStores(db: Kysely<Tables>, campaignIds: readonly string[]) {
  if (campaignIds.length === 0) return new Map<string, { received: number; inStore: number }>();
  const { rows } = await sql<{ campaign_id: string; received: number; in_store: number }>`
    select campaign_id,
           sum(case kind when 'receive' then quantity else 0 end) as received,
           sum(case when kind in ('receive', 'return') then quantity
                    when kind = 'allocate' or region_code is null then -quantity
                    else 0 end) as in_store
    from chip_stock_movements where campaign_id = any(${[...campaignIds]}::uuid[])
    group by campaign_id`.execute(db);
  return new Map(
    rows.map((row) => [row.campaign_id, { received: row.received, inStore: row.in_store }] as const),
  );
}
