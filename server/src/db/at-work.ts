import { type RawBuilder, sql } from "kysely";

/**
 * True where machine `m` with twin `t` is under power: what the map shows as energised or arcing. Tampered, faulted,
 * locked and silent machines are shown as that. A test holds it and `machineStateOf` together.
 * @param heardSince a chip heard from earlier counts as offline
 */
export function isAtWork(heardSince: Date): RawBuilder<boolean> {
  return sql<boolean>`(t.relay_closed and not t.is_gone and t.last_heard_at >= ${heardSince}
    and not t.is_tampered and not t.is_faulted and not t.is_locked and not m.is_locked) is true`;
}

/** True for enterprise `e`, one of whose machines is under power. */
export function hasMachineAtWork(heardSince: Date): RawBuilder<boolean> {
  return sql<boolean>`e.enterprise_id in (select m.enterprise_id from machines m join twins t on t.chip_id = m.chip_id
    where ${isAtWork(heardSince)})`;
}

/** True for welder `w`, who holds a machine that is under power. */
export function holdsMachineAtWork(heardSince: Date): RawBuilder<boolean> {
  return sql<boolean>`w.welder_id in (select s.welder_id from work_sessions s
    join machines m on m.machine_id = s.machine_id join twins t on t.chip_id = m.chip_id
    where s.status in ('granted', 'energised') and ${isAtWork(heardSince)})`;
}
