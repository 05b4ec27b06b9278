import type { ChipId, MachineCode, MachineId, PersonId } from "@hanyouxu/protocol";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { recordset } from "../../db/bulk.ts";
import { hasOneConnection } from "../../db/pglite-dialect.ts";
import type { Tables } from "../../db/tables.ts";
import type { PlaceChange, PlaceMemory } from "../../fence/place-tracker.ts";
import type { PlaceNews } from "./follow-samples.ts";

/** Who said it and why, where it was not the satellites. */
export interface PlaceSource {
  toldBy: PersonId;
  reason: string | null;
  floor: string | null;
}

/**
 * What a batch has shown, as statements to be written with whatever else it has become; none where nothing has changed.
 * The memory is the truth, the rows of `machine_places` are its states.
 */
export function placesToSave(
  { memories, changes }: Pick<PlaceNews, "memories" | "changes">,
  source?: PlaceSource,
): (RawBuilder<unknown> | undefined)[] {
  const kept = [...memories].filter(([, memory]) => memory !== null);
  const forgotten = [...memories].filter(([, memory]) => memory === null).map(([machineId]) => machineId);
  const last = new Map(
    changes.map(({ machineId, change }) => [`${machineId}/${change.key}`, { machineId, change }]),
  );
  const states = [...last.values()];
  const within = states.filter(({ change }) => change.place.state !== "outside");
  const without = states.filter(({ change }) => change.place.state === "outside");
  return [
    kept.length === 0
      ? undefined
      : sql`
    insert into machine_place_memories (machine_id, memory)
    select machine_id, memory from ${recordset(
      kept.map(([machine_id, memory]) => ({ machine_id, memory })),
      "machine_id uuid, memory jsonb",
    )}
    on conflict (machine_id) do update set memory = excluded.memory`,
    forgotten.length === 0
      ? undefined
      : sql`delete from machine_place_memories where machine_id = any(${forgotten}::uuid[])`,
    within.length === 0
      ? undefined
      : sql`
    insert into machine_places (machine_id, key_area_id, state, since, method, floor)
    select machine_id, key_area_id, state, since, method, ${source?.floor ?? null}::text
    from ${recordset(
      within.map(({ machineId, change: { key, place } }) => ({
        machine_id: machineId,
        key_area_id: key,
        state: place.state,
        since: new Date(place.sinceMs).toISOString(),
        method: place.method,
      })),
      "machine_id uuid, key_area_id uuid, state text, since timestamptz, method text",
    )}
    on conflict (machine_id, key_area_id) do update
      set state = excluded.state, since = excluded.since, method = excluded.method, floor = excluded.floor`,
    without.length === 0
      ? undefined
      : sql`
    delete from machine_places p using ${recordset(
      without.map(({ machineId, change: { key } }) => ({ machine_id: machineId, key_area_id: key })),
      "machine_id uuid, key_area_id uuid",
    )}
    where p.machine_id = r.machine_id and p.key_area_id = r.key_area_id`,
    eventsToStore(changes, source),
  ];
}

function eventsToStore(
  changes: readonly { machineId: MachineId; change: PlaceChange }[],
  source: PlaceSource | undefined,
): RawBuilder<unknown> | undefined {
  if (changes.length === 0) return undefined;
  const rows = changes.map(({ machineId, change: { key, kind, atMs, noticedAtMs, place } }) => ({
    machine_id: machineId,
    key_area_id: key,
    kind,
    at: new Date(atMs).toISOString(),
    noticed_at: new Date(noticedAtMs).toISOString(),
    method: place.method,
    told_by: source?.toldBy ?? null,
    reason: source?.reason ?? null,
  }));
  return sql`
    insert into place_events (machine_id, key_area_id, kind, at, noticed_at, method, told_by, reason)
    select machine_id, key_area_id, kind, at, noticed_at, method, told_by, reason from ${recordset(
      rows,
      `machine_id uuid, key_area_id uuid, kind text, at timestamptz, noticed_at timestamptz, method text,
       told_by uuid, reason text`,
    )}
    on conflict do nothing`;
}

/** Where a machine is, area by area, with when it was last seen by satellites. */
export async function selectPlacesOf(db: Kysely<Tables>, machineId: MachineId) {
  return await db
    .selectFrom("machine_places as p")
    .innerJoin("key_areas as a", "a.key_area_id", "p.key_area_id")
    .leftJoin("machine_place_memories as m", "m.machine_id", "p.machine_id")
    .select(["p.key_area_id", "p.state", "p.since", "p.method", "p.floor"])
    // What was carried in, or what the area's times have come to forbid: the earlier of the two.
    .select(
      sql<Date | null>`least(p.stop_due_at, (
        select min(e.due_at) from forbidden_work_ends e join work_sessions s using (work_session_id)
        where s.machine_id = p.machine_id and e.key_area_id = p.key_area_id
          and s.status in ('granted', 'energised')))`.as("stop_due_at"),
    )
    .select(["a.name", "a.kind", "m.memory"])
    .where("p.machine_id", "=", machineId)
    .where("a.status", "=", "active")
    .orderBy("p.since")
    .execute();
}

export async function selectChipOf(db: Kysely<Tables>, machineId: MachineId): Promise<ChipId | null> {
  const row = await db
    .selectFrom("machines")
    .select("chip_id")
    .where("machine_id", "=", machineId)
    .executeTakeFirst();
  return row?.chip_id ?? null;
}

/** What is remembered of a machine, its chip locked as ingest locks it; and its chip's newest place. */
export async function loadMachinePlace(
  tx: Kysely<Tables>,
  machineId: MachineId,
): Promise<{ memory: PlaceMemory | null; twinPlace: [latitude: number, longitude: number] | null }> {
  if (!hasOneConnection(tx)) {
    await sql`
      select c.chip_id from machines m join chips c using (chip_id) where m.machine_id = ${machineId}
      for no key update of c`.execute(tx);
  }
  const row = await tx
    .selectFrom("machines as m")
    .leftJoin("machine_place_memories as pm", "pm.machine_id", "m.machine_id")
    .leftJoin("twins as t", "t.chip_id", "m.chip_id")
    .select(["pm.memory", "t.latitude_degrees", "t.longitude_degrees"])
    .where("m.machine_id", "=", machineId)
    .executeTakeFirst();
  const { latitude_degrees = null, longitude_degrees = null } = row ?? {};
  const isKnown = latitude_degrees !== null && longitude_degrees !== null;
  return { memory: row?.memory ?? null, twinPlace: isKnown ? [latitude_degrees, longitude_degrees] : null };
}

export async function selectMachine(
  db: Kysely<Tables>,
  which: { machineId: string } | { machineCode: MachineCode },
) {
  return await db
    .selectFrom("machines")
    .select(["machine_id", "region_code"])
    .$if("machineId" in which, (query) =>
      query.where("machine_id", "=", (which as { machineId: MachineId }).machineId),
    )
    .$if("machineCode" in which, (query) =>
      query.where("machine_code", "=", (which as { machineCode: MachineCode }).machineCode),
    )
    .executeTakeFirst();
}
