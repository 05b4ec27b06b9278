import type { MachineState } from "@hanyouxu/api";
import type {
  ChipId,
  EnterpriseId,
  MachineCode,
  MachineId,
  RegionCode,
  WorkSessionId,
} from "@hanyouxu/protocol";
import { type Kysely, sql } from "kysely";
import { isAtWork } from "../../db/at-work.ts";
import type { Tables } from "../../db/tables.ts";
import { type ReachedRows, withinScope } from "../../db/within-scope.ts";

export interface MachineFilter {
  /** Whose rows; absent: all, for the platform itself. */
  scope?: ReachedRows;
  machineId?: string;
  machineIds?: readonly MachineId[];
  machineCode?: MachineCode;
  region?: string;
  enterpriseId?: string;
  process?: string;
  isMobile?: boolean;
  /** Under power now, or not; online is who was heard since. */
  work?: { isAtWork: boolean; heardSince: Date };
  isInKeyArea?: boolean;
  /** Of its firm, a section with all its divisions or one division; `none`: not given. */
  industry?: string;
  text?: string;
  /** Online is who was heard since. */
  state?: { is: MachineState; heardSince: Date };
  /** Last heard from within these degrees. */
  box?: { westDegrees: number; southDegrees: number; eastDegrees: number; northDegrees: number };
  /** Last heard from within this time, both ends included. */
  heard?: { from: Date | null; until: Date | null };
}

/** `machineStateOf` in SQL, so that lists filter and page by it in the database; a test holds the two together. */
function stateInSql(heardSince: Date) {
  return sql<MachineState>`case
    when t.is_tampered then 'tampered'
    when t.is_faulted then 'faulted'
    when m.is_locked or t.is_locked then 'locked'
    when t.last_heard_at is null or t.is_gone or t.last_heard_at < ${heardSince} then 'offline'
    when t.relay_closed and t.arc_on then 'arcing'
    when t.relay_closed then 'energised'
    when s.status = 'granted' then 'granted'
    else 'idle' end`;
}

function machinesMatching(db: Kysely<Tables>, filter: MachineFilter) {
  return db
    .selectFrom("machines as m")
    .innerJoin("enterprises as e", "e.enterprise_id", "m.enterprise_id")
    .innerJoin("regions as r", "r.region_code", "m.region_code")
    .leftJoin("twins as t", "t.chip_id", "m.chip_id")
    .leftJoin("work_sessions as s", (join) =>
      join.onRef("s.machine_id", "=", "m.machine_id").on("s.status", "in", ["granted", "energised"]),
    )
    .$if(filter.scope !== undefined, (query) =>
      query.where(withinScope(filter.scope!, "m.region_code", "m.enterprise_id")),
    )
    .$if(filter.machineId !== undefined, (query) =>
      query.where("m.machine_id", "=", filter.machineId as MachineId),
    )
    .$if(filter.machineIds !== undefined, (query) =>
      query.where(sql<boolean>`m.machine_id = any(${[...filter.machineIds!]}::uuid[])`),
    )
    .$if(filter.machineCode !== undefined, (query) => query.where("m.machine_code", "=", filter.machineCode!))
    .$if(filter.region !== undefined, (query) =>
      query.where("m.region_code", "like", `${filter.region}%` as RegionCode),
    )
    .$if(filter.enterpriseId !== undefined, (query) =>
      query.where("m.enterprise_id", "=", filter.enterpriseId as EnterpriseId),
    )
    .$if(filter.process !== undefined, (query) => query.where("m.process", "=", filter.process!))
    .$if(filter.isMobile !== undefined, (query) => query.where("m.is_mobile", "=", filter.isMobile!))
    .$if(filter.work !== undefined, (query) =>
      query.where(isAtWork(filter.work!.heardSince), "=", filter.work!.isAtWork),
    )
    .$if(filter.industry === "none", (query) => query.where("e.industry", "is", null))
    .$if(filter.industry !== undefined && filter.industry !== "none", (query) =>
      query.where("e.industry", "like", `${filter.industry}%`),
    )
    .$if(filter.isInKeyArea !== undefined, (query) =>
      query.where(
        sql<boolean>`m.machine_id in (select machine_id from machine_places where state = 'inside')`,
        "=",
        filter.isInKeyArea!,
      ),
    )
    .$if(filter.state !== undefined, (query) =>
      query.where(stateInSql(filter.state!.heardSince), "=", filter.state!.is),
    )
    .$if(filter.box !== undefined, (query) =>
      query
        .where("t.latitude_degrees", ">=", filter.box!.southDegrees)
        .where("t.latitude_degrees", "<=", filter.box!.northDegrees)
        .where("t.longitude_degrees", ">=", filter.box!.westDegrees)
        .where("t.longitude_degrees", "<=", filter.box!.eastDegrees),
    )
    .$if((filter.heard?.from ?? null) !== null, (query) =>
      query.where("t.last_heard_at", ">=", filter.heard!.from!),
    )
    .$if((filter.heard?.until ?? null) !== null, (query) =>
      query.where("t.last_heard_at", "<=", filter.heard!.until!),
    )
    .$if(filter.text !== undefined, (query) =>
      query.where(
        sql<boolean>`(strpos(lower(m.name), lower(${filter.text})) > 0 or strpos(lower(m.model), lower(${filter.text})) > 0
                      or strpos(lower(e.name), lower(${filter.text})) > 0
                      or strpos(m.machine_code, upper(replace(${filter.text}, '-', ''))) > 0)`,
      ),
    );
}

export type MachineRow = Awaited<ReturnType<typeof selectMachines>>[number];
export type MachineSort = "name" | "-name" | "heardAt" | "-heardAt" | "region" | "-region";

const sortColumns = { name: "m.name", heardAt: "t.last_heard_at", region: "m.region_code" } as const;

export async function countMachines(db: Kysely<Tables>, filter: MachineFilter): Promise<number> {
  const row = await machinesMatching(db, filter)
    .select((expression) => expression.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Those that match, in order. @param part which of them; absent: all */
export async function selectMachines(
  db: Kysely<Tables>,
  filter: MachineFilter,
  sort: MachineSort = "name",
  part?: { limit: number; offset: number },
) {
  const column = sortColumns[sort.replace("-", "") as keyof typeof sortColumns];
  return await machinesMatching(db, filter)
    .select([
      "m.machine_id",
      "m.machine_code",
      "m.name",
      "m.model",
      "m.process",
      "m.is_mobile",
      "m.status",
      "m.is_locked as is_machine_locked",
      "m.lock_reason",
      "m.lock_order_id",
      "m.enterprise_id",
      "m.region_code",
      "m.chip_id",
      "m.serial_number",
      "m.inspected_on",
      "m.inspection_due_on",
      "m.home_latitude_degrees",
      "m.home_longitude_degrees",
      "e.name as enterprise_name",
      "r.name as region_name",
      "s.work_session_id",
      "s.status as session_status",
      "s.welder_id",
      "t.relay_closed",
      "t.arc_on",
      "t.is_locked",
      "t.is_tampered",
      "t.is_faulted",
      "t.last_heard_at",
      "t.is_gone",
      "t.latitude_degrees",
      "t.longitude_degrees",
      "t.accuracy_metres",
      "t.current_amps",
      "t.voltage_volts",
      "t.temperature_celsius",
      "t.gas_lel_percent",
      "t.battery_percent",
      "t.signal_dbm",
      "t.clock_trust",
      "t.firmware",
    ])
    .orderBy(column, (order) => (sort.startsWith("-") ? order.desc().nullsLast() : order.asc().nullsLast()))
    .orderBy("m.machine_id")
    .$if(part !== undefined, (query) => query.limit(part!.limit).offset(part!.offset))
    .execute();
}

/** Wanted lock state, by one person for one machine; the chip is told separately. */
export async function setMachineLock(
  db: Kysely<Tables>,
  machineId: MachineId,
  isLocked: boolean,
  reason: string | null,
): Promise<void> {
  await db
    .updateTable("machines")
    .set({ is_locked: isLocked, lock_reason: reason, lock_order_id: null })
    .where("machine_id", "=", machineId)
    .execute();
}

/** Whether an order for its region or firm holds: nobody unlocks one machine out of it. */
export async function isLockedByOrder(db: Kysely<Tables>, machineId: string): Promise<boolean> {
  const row = await db
    .selectFrom("region_order_machines as om")
    .innerJoin("region_orders as o", "o.region_order_id", "om.region_order_id")
    .select("o.region_order_id")
    .where("om.machine_id", "=", machineId as MachineId)
    .where("o.kind", "=", "lock")
    .where("o.status", "=", "in-force")
    .executeTakeFirst();
  return row !== undefined;
}

export async function selectChipEvents(
  db: Kysely<Tables>,
  machineId: MachineId,
  before: Date,
  limit: number,
) {
  return await db
    .selectFrom("chip_events")
    .select(["boot", "seq", "kind", "data", "occurred_at", "received_at", "clock_trust", "chain_intact"])
    .where("machine_id", "=", machineId)
    .where("occurred_at", "<", before)
    .orderBy("occurred_at", "desc")
    .orderBy("boot", "desc")
    .orderBy("seq", "desc")
    .limit(limit)
    .execute();
}

/** Chips online whose lock is not as wanted, or whose stopped session still runs, and that were not told lately. */
export async function selectForgetful(
  db: Kysely<Tables>,
  toldBefore: Date,
  heardSince: Date,
): Promise<ChipId[]> {
  const { rows } = await sql<{ chip_id: ChipId }>`
    select m.chip_id
    from machines m
    join twins t on t.chip_id = m.chip_id and t.last_heard_at > ${heardSince} and not t.is_gone
    left join work_sessions s on s.machine_id = m.machine_id and s.status in ('granted', 'energised')
    where (m.is_locked <> t.is_locked or s.stop_requested_at < ${toldBefore})
      and not exists (select from commands c
                      where c.chip_id = m.chip_id and c.kind in ('lock', 'revoke') and c.sent_at > ${toldBefore})`.execute(
    db,
  );
  return rows.map((row) => row.chip_id);
}

/** What chips may have missed: the wanted lock, and stops not yet carried out. Only chips that miss something. */
export async function selectWanted(db: Kysely<Tables>, chipIds: readonly ChipId[]) {
  const { rows } = await sql<{
    chip_id: ChipId;
    wants_lock: boolean;
    has_lock: boolean;
    stopped_session_id: WorkSessionId | null;
  }>`
    select m.chip_id, m.is_locked as wants_lock, t.is_locked as has_lock, s.work_session_id as stopped_session_id
    from machines m
    join twins t on t.chip_id = m.chip_id
    left join work_sessions s on s.machine_id = m.machine_id and s.chip_id = m.chip_id
      and s.status in ('granted', 'energised') and s.stop_requested_at is not null
    where m.chip_id = any(${[...chipIds]}::text[]) and (m.is_locked <> t.is_locked or s.work_session_id is not null)`.execute(
    db,
  );
  return rows;
}
