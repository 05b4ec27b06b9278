import { selectEndingCertificates, selectUncertifiedWork } from "./certificate-alarms.ts";
import { selectAbsentWatches, selectFailedScenes } from "./clearance-alarms.ts";
import { selectWorkConflicts } from "./conflict-alarms.ts";
import { selectEntries } from "./entry-alarms.ts";
import { followLevel } from "./follow-level.ts";
import { selectLongDays, selectLongSessions } from "./hours-alarms.ts";
import { selectWorkInPeriods } from "./period-alarms.ts";
import { type AreaAlarmContext, selectWorkOutsidePermit } from "./permit-alarms.ts";
import type { AlarmContext } from "./store-step.ts";

/** Raises and clears what is looked at and not told, and will not wait: fire watches that are absent, works too near each other,
 * scenes that have failed, work outside its permit. */
export async function followDangerousWork(ctx: AreaAlarmContext): Promise<void> {
  await followLevel(ctx, ["fire-watch-absent"], selectAbsentWatches);
  await followLevel(ctx, ["simultaneous-work"], selectWorkConflicts);
  await followLevel(ctx, ["scene-failed-twice"], selectFailedScenes);
  await followLevel(ctx, ["work-outside-permit"], selectWorkOutsidePermit);
}

/** The same for what may wait some seconds: entries into key areas, times of work, certificates lost at work. */
export async function followOtherWork(ctx: AreaAlarmContext): Promise<void> {
  await followLevel(ctx, ["key-area-entered"], selectEntries);
  await followUncertifiedWork(ctx);
  await followLevel(ctx, ["special-period-work", "night-work"], selectWorkInPeriods);
  await followLevel(ctx, ["over-time"], selectLongSessions);
  await followLevel(ctx, ["over-hours"], selectLongDays);
}

/** Work whose welder has lost the certificate it rests on. */
export async function followUncertifiedWork(ctx: AlarmContext): Promise<void> {
  await followLevel(ctx, ["uncertified-work"], selectUncertifiedWork);
}

/** Certificates of welders at work that are about to end. */
export async function followEndingCertificates(ctx: AlarmContext): Promise<void> {
  await followLevel(ctx, ["certificate-expiring"], selectEndingCertificates);
}
