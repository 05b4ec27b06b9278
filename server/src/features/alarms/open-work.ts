import type {
  ChipId,
  EnterpriseId,
  MachineId,
  RegionCode,
  WelderId,
  WorkSessionId,
} from "@hanyouxu/protocol";
import type { WeldingProcess } from "@hanyouxu/rules";
import { sql } from "kysely";
import type { StoredPolicy } from "../../db/region-policy.ts";
import type { AlarmFact } from "./alarm-fact.ts";
import { policiesOf } from "./chip-queries.ts";
import type { AlarmContext } from "./store-step.ts";

/** A machine under power, in whose hands, where, and by which numbers. */
export interface WorkUnderPower {
  work_session_id: WorkSessionId;
  machine_id: MachineId;
  chip_id: ChipId;
  welder_id: WelderId;
  enterprise_id: EnterpriseId;
  site_owner_enterprise_id: EnterpriseId | null;
  region_code: RegionCode;
  clearance_id: string | null;
  process: WeldingProcess;
  energised_at: Date;
  arc_ms: number;
  latitude_degrees: number | null;
  longitude_degrees: number | null;
  accuracy_metres: number | null;
  policy: StoredPolicy | null;
}

/** All work under power. */
export async function selectWorkUnderPower({
  db,
  clock,
}: Pick<AlarmContext, "db" | "clock">): Promise<WorkUnderPower[]> {
  const { rows } = await sql<Omit<WorkUnderPower, "policy">>`
    select s.work_session_id, s.machine_id, s.chip_id, s.welder_id, m.enterprise_id, s.site_owner_enterprise_id,
           m.region_code, s.clearance_id, m.process, s.energised_at, s.arc_ms, t.latitude_degrees,
           t.longitude_degrees, t.accuracy_metres
    from work_sessions s
    join machines m on m.machine_id = s.machine_id
    left join twins t on t.chip_id = s.chip_id
    where s.status = 'energised' and s.energised_at is not null
    order by s.work_session_id`.execute(db);
  const regions = rows.map(({ region_code }) => region_code);
  const policies = await policiesOf(db, regions, clock.nowMs());
  return rows.map((row) => ({ ...row, policy: policies.get(row.region_code) ?? null }));
}

/** What an alarm about work says of whose and where it is. */
export function aboutWork(work: WorkUnderPower) {
  return {
    region: work.region_code,
    enterpriseId: work.enterprise_id,
    siteOwnerId: work.site_owner_enterprise_id,
    machineId: work.machine_id,
    chipId: work.chip_id,
    welderId: work.welder_id,
    workSessionId: work.work_session_id,
    clearanceId: work.clearance_id,
    place: placeOf(work),
  } satisfies Partial<AlarmFact>;
}

function placeOf({ latitude_degrees, longitude_degrees }: WorkUnderPower): AlarmFact["place"] {
  if (latitude_degrees === null || longitude_degrees === null) return null;
  return { latitudeDegrees: latitude_degrees, longitudeDegrees: longitude_degrees };
}
