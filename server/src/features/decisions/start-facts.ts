import type { SiteChoice } from "@hanyouxu/api";
import type {
  ChipId,
  EnterpriseId,
  MachineCode,
  MachineId,
  PersonId,
  RegionCode,
  WelderId,
  WorkSessionId,
} from "@hanyouxu/protocol";
import type {
  AccountStatus,
  CertificateFacts,
  ClearanceFacts,
  ClearancePolicy,
  ClearanceState,
  MachineStatus,
  StartFacts,
  TimedPosition,
  WeldingProcess,
  WorkRegime,
} from "@hanyouxu/rules";
import { creditOf, isReadyToStart, phaseOf, shanghaiDay, stepClearance } from "@hanyouxu/rules";
import { sql } from "kysely";
import type { AppContext } from "../../context.ts";
import { policyOfRegion, type StoredPolicy } from "../../db/region-policy.ts";
import type { EnterprisesTable } from "../../db/tables.ts";
import type { PlaceMemory } from "../../fence/place-tracker.ts";
import { followKeyAreas, placesForStart, type WatchedAreas } from "../places/places.ts";

/** What a start is decided on, and what the grant needs besides. */
export interface GatheredStart {
  facts: StartFacts;
  welderId: WelderId;
  /** How often the welder was granted a start so far: what the decision holds for. */
  startCount: number;
  policyOverrides: StoredPolicy | null;
  machineId: MachineId;
  enterpriseId: EnterpriseId;
  regionCode: RegionCode;
  chipId: ChipId | null;
  pseudonym: string;
  stateVersion: number;
  /** The open work session on the machine, whoever holds it. */
  openWorkSessionId: WorkSessionId | null;
  /** The firms the welder works for. */
  welderFirms: readonly EnterpriseId[];
  /** The active site owner that the welder named; null when he named none, or one that nobody knows. */
  namedSiteOwner: EnterpriseId | null;
  /** What the same attempt led to before. */
  repeated: { workSessionId: WorkSessionId; machineId: MachineId } | null;
}

export interface StartQuestion {
  machineCode: MachineCode;
  /** Who asks. */
  personId: PersonId;
  phonePosition: TimedPosition | null;
  idempotencyKey: string;
  /** Whose place it is, as the welder says; null when he was not asked. */
  site: SiteChoice | null;
  nowMs: number;
}

interface Row {
  machine_id: MachineId;
  process: WeldingProcess;
  machine_status: MachineStatus;
  is_locked: boolean;
  inspection_due_on: string | null;
  region_code: RegionCode;
  enterprise_id: EnterpriseId;
  enterprise_status: EnterprisesTable["status"];
  regime: WorkRegime;
  is_mobile: boolean;
  home_latitude_degrees: number | null;
  home_longitude_degrees: number | null;
  /** Null where the owner keeps no list. */
  is_listed: boolean | null;
  welder_firms: EnterpriseId[] | null;
  named_site_owner: EnterpriseId | null;
  chip_id: ChipId | null;
  is_chip_revoked: boolean;
  last_heard_at: Date | null;
  is_gone: boolean | null;
  is_tampered: boolean | null;
  is_faulted: boolean | null;
  latitude_degrees: number | null;
  longitude_degrees: number | null;
  accuracy_metres: number | null;
  position_at: Date | null;
  state_version: number | null;
  welder_id: WelderId;
  start_count: number;
  pseudonym: string;
  welder_status: AccountStatus;
  is_authorised: boolean;
  other_machines_held: number;
  booked_credit: number;
  open_work_session_id: WorkSessionId | null;
  held_by: WelderId | null;
  repeated_session_id: WorkSessionId | null;
  repeated_machine_id: MachineId | null;
  certificates: CertificateFacts[] | null;
  place_memory: PlaceMemory | null;
  clearance: OpenClearance | null;
  key_areas_revision: number;
  policy: StoredPolicy | null;
}

/** Everything about one start in one statement; undefined when there is no such machine, or the person is no welder. */
export async function gatherStart(
  ctx: Pick<AppContext, "db" | "clock" | "watchedAreas">,
  question: StartQuestion,
): Promise<GatheredStart | undefined> {
  const { machineCode, personId, idempotencyKey, site, nowMs } = question;
  const today = shanghaiDay(nowMs);
  const named = site?.kind === "named" ? site.enterpriseId : null;
  const { rows } = await sql<Row>`
    select m.machine_id, m.process, m.status as machine_status, m.is_locked, m.inspection_due_on,
           m.region_code, m.enterprise_id,
           e.status as enterprise_status, e.regime, m.chip_id, c.revoked_at is not null as is_chip_revoked,
           t.last_heard_at, t.is_gone, t.is_tampered, t.is_faulted, t.latitude_degrees, t.longitude_degrees,
           t.accuracy_metres, t.position_at, t.state_version,
           w.welder_id, w.start_count, w.pseudonym, w.status as welder_status,
           m.is_mobile, m.home_latitude_degrees, m.home_longitude_degrees,
           exists (select from enterprise_welders b
                   where b.welder_id = w.welder_id
                     and (b.enterprise_id = m.enterprise_id
                          or exists (select from enterprise_contracts g
                                     join enterprises f on f.enterprise_id = g.contractor_enterprise_id
                                     where g.client_enterprise_id = m.enterprise_id
                                       and g.contractor_enterprise_id = b.enterprise_id
                                       and g.allows_machines and g.ended_at is null and f.status = 'active'
                                       and ${today} between g.starts_on and g.ends_on))) as is_authorised,
           case when e.allows_listed_only then
             exists (select from enterprise_whitelists l
                     where l.enterprise_id = m.enterprise_id and l.welder_id = w.welder_id) end as is_listed,
           (select jsonb_agg(b.enterprise_id order by b.enterprise_id)
            from enterprise_welders b where b.welder_id = w.welder_id) as welder_firms,
           (select n.enterprise_id from enterprises n
            where n.enterprise_id = ${named}::uuid and n.is_site_owner and n.status = 'active') as named_site_owner,
           (select count(*) from work_sessions o
            where o.welder_id = w.welder_id and o.machine_id <> m.machine_id
              and o.status in ('granted', 'energised')) as other_machines_held,
           (select coalesce(sum(cb.points), 0)::int from credit_bookings cb
            where cb.welder_id = w.welder_id and cb.ended_at is null) as booked_credit,
           s.work_session_id as open_work_session_id, s.welder_id as held_by,
           a.work_session_id as repeated_session_id, a.machine_id as repeated_machine_id,
           (select jsonb_agg(jsonb_build_object(
                     'family', k.family, 'itemId', k.item, 'status', k.status, 'verification', k.verification,
                     'validFromDay', k.valid_from, 'validToDay', k.valid_to, 'reviewDueDay', k.review_due_on)
                     order by k.certificate_id)
            from certificates k where k.welder_id = w.welder_id) as certificates,
           (select jsonb_build_object('clearanceId', cl.clearance_id, 'keyAreaId', cl.key_area_id,
                                      'state', cl.state, 'policy', cl.policy)
            from clearances cl
            where cl.machine_id = m.machine_id and cl.welder_id = w.welder_id and cl.ended_at is null) as clearance,
           pm.memory as place_memory, (select revision from key_areas_revision) as key_areas_revision,
           ${policyOfRegion(sql.ref("m.region_code"), nowMs)} as policy
    from machines m
    join enterprises e using (enterprise_id)
    join welders w on w.person_id = ${personId}
    left join chips c on c.chip_id = m.chip_id
    left join twins t on t.chip_id = m.chip_id
    left join machine_place_memories pm on pm.machine_id = m.machine_id
    left join work_sessions s on s.machine_id = m.machine_id and s.status in ('granted', 'energised')
    left join work_sessions a on a.welder_id = w.welder_id and a.idempotency_key = ${idempotencyKey}
    where m.machine_code = ${machineCode}`.execute(ctx.db);
  const row = rows[0];
  if (!row) return undefined;
  // Somebody has drawn, changed or abolished an area since this process last looked.
  if (row.key_areas_revision > ctx.watchedAreas.revision) await followKeyAreas(ctx);
  return gatheredFrom(row, question, ctx.watchedAreas);
}

function gatheredFrom(
  row: Row,
  { phonePosition, site, nowMs }: StartQuestion,
  watchedAreas: WatchedAreas,
): GatheredStart {
  const machine = positionOf(row);
  return {
    facts: {
      welder: {
        id: row.welder_id,
        status: row.welder_status,
        isAuthorisedForMachine: row.is_authorised,
        otherMachinesHeld: row.other_machines_held,
        ...(row.is_listed === null ? {} : { isListed: row.is_listed }),
        credit: creditOf(row.booked_credit),
      },
      certificates: row.certificates ?? [],
      // One that waits for its review is not active yet.
      enterprise: {
        id: row.enterprise_id,
        status: row.enterprise_status === "active" ? "active" : "suspended",
        regime: row.regime,
      },
      machine: {
        id: row.machine_id,
        process: row.process,
        status: row.machine_status,
        isLocked: row.is_locked,
        inspectionDueDay: row.inspection_due_on,
        heldBy: row.held_by,
        isMobile: row.is_mobile,
        home: homeOf(row),
      },
      isSiteOwnerNamed: site?.kind === "own" || row.named_site_owner !== null,
      chip: {
        // A revoked chip is none: nothing it says is believed, nothing is granted to it.
        id: row.is_chip_revoked ? null : row.chip_id,
        lastHeardAtMs: row.is_gone ? null : (row.last_heard_at?.getTime() ?? null),
        isTampered: row.is_tampered ?? false,
        faultCode: row.is_faulted ? "faulted" : null,
        position: machine,
      },
      keyAreas: placesForStart(watchedAreas, {
        memory: row.place_memory,
        machine,
        phone: phonePosition,
        nowMs,
      }),
      clearance: row.clearance && clearanceFacts(row.clearance, nowMs),
      phonePosition,
    },
    welderId: row.welder_id,
    startCount: row.start_count,
    policyOverrides: row.policy,
    machineId: row.machine_id,
    enterpriseId: row.enterprise_id,
    regionCode: row.region_code,
    chipId: row.chip_id,
    pseudonym: row.pseudonym,
    stateVersion: row.state_version ?? 0,
    openWorkSessionId: row.open_work_session_id,
    welderFirms: row.welder_firms ?? [],
    namedSiteOwner: row.named_site_owner,
    repeated:
      row.repeated_session_id === null || row.repeated_machine_id === null
        ? null
        : { workSessionId: row.repeated_session_id, machineId: row.repeated_machine_id },
  };
}

/** As stored; what time has brought about since then is not in it yet. */
interface OpenClearance {
  clearanceId: string;
  keyAreaId: string;
  state: ClearanceState;
  policy: ClearancePolicy;
}

function clearanceFacts(
  { clearanceId, keyAreaId, state, policy }: OpenClearance,
  nowMs: number,
): ClearanceFacts {
  const now = stepClearance(state, { kind: "time" }, policy, nowMs, 0).state;
  return { clearanceId, keyAreaId, state: phaseOf(now, nowMs), isReadyToStart: isReadyToStart(now, nowMs) };
}

function homeOf({ home_latitude_degrees, home_longitude_degrees }: Row): StartFacts["machine"]["home"] {
  return home_latitude_degrees === null || home_longitude_degrees === null
    ? null
    : { latitudeDegrees: home_latitude_degrees, longitudeDegrees: home_longitude_degrees };
}

function positionOf(row: Row): TimedPosition | null {
  if (row.latitude_degrees === null || row.longitude_degrees === null || row.position_at === null)
    return null;
  return {
    latitudeDegrees: row.latitude_degrees,
    longitudeDegrees: row.longitude_degrees,
    accuracyMetres: row.accuracy_metres ?? 0,
    fixedAtMs: row.position_at.getTime(),
  };
}
