import type { ChipId, MachineId, WorkSessionId } from "@hanyouxu/protocol";
import type { AlarmKind, ReasonData } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { Tables } from "../../db/tables.ts";
import type { TakenEvent } from "../chip-events/chip-events.ts";
import type { LoadedChip } from "../chips/chips.ts";
import { type AlarmFact, evidenceRef } from "./alarm-fact.ts";
import { type OpenWork, openWorksOf, selectStrangeSessions } from "./chip-queries.ts";
import { type AlarmSign, takeSigns } from "./raise-alarm.ts";
import type { RaiseContext } from "./store-step.ts";

/** What an event of a chip means for alarms: one to raise, some to clear. */
interface Meaning {
  raises?: { kind: AlarmKind; about?: string; data: ReasonData };
  clears?: readonly { kind: AlarmKind; about?: string }[];
}

/**
 * Raises and clears what the events of a batch say, in each chip's order and within the batch's transaction, before work
 * sessions are carried forward: who was at work when it happened is still known.
 * @returns whether any was written
 */
export async function raiseChipAlarms(
  ctx: RaiseContext,
  tx: Kysely<Tables>,
  events: readonly TakenEvent[],
  chips: ReadonlyMap<ChipId, LoadedChip>,
): Promise<boolean> {
  // A chip on the bench guards nothing.
  const guarding = events.filter(({ machineId }) => machineId !== null);
  const strange = await selectStrangeSessions(tx, guarding.flatMap(saidToBeGranted));
  const found = guarding.flatMap((taken) =>
    meaningsOf(taken, strange).map((meaning) => ({ taken, meaning })),
  );
  if (found.length === 0) return false;
  const works = await openWorksOf(
    tx,
    found.map(({ taken }) => taken.machineId!),
  );
  await takeSigns(
    ctx,
    tx,
    found.flatMap(({ taken, meaning: { raises, clears = [] } }): AlarmSign[] => {
      const machineId = taken.machineId!;
      return [
        ...clears.map(({ kind, about }) => ({
          clears: { kind, subjectKey: machineSubject(machineId, about) },
        })),
        ...(raises
          ? [{ raises: factOf(taken, chips.get(taken.chipId)!, works.get(machineId), raises) }]
          : []),
      ];
    }),
  );
  return true;
}

/** About a machine, or a part of it. */
export function machineSubject(machineId: MachineId, about?: string): string {
  return about === undefined ? `machine:${machineId}` : `machine:${machineId}:${about}`;
}

function saidToBeGranted({ chipId, event }: TakenEvent) {
  return event.kind === "energised" ? [{ chipId, workSessionId: event.data.workSessionId }] : [];
}

function meaningsOf({ event, chainIntact }: TakenEvent, strange: ReadonlySet<WorkSessionId>): Meaning[] {
  const gap: Meaning[] = chainIntact
    ? []
    : [{ raises: { kind: "event-gap", data: { boot: event.boot, seq: event.seq } } }];
  const meaning = event.kind === "energised" ? energyOf(event.data, strange) : meaningOf(event);
  return meaning ? [...gap, meaning] : gap;
}

function energyOf(
  { workSessionId }: { workSessionId: WorkSessionId },
  strange: ReadonlySet<WorkSessionId>,
): Meaning | undefined {
  if (!strange.has(workSessionId)) return undefined;
  return { raises: { kind: "energy-without-session", data: { workSessionId } } };
}

function meaningOf(event: TakenEvent["event"]): Meaning | undefined {
  switch (event.kind) {
    case "tamper":
      return event.data.raised ? { raises: { kind: "tamper", data: {} } } : { clears: [{ kind: "tamper" }] };
    case "bypass-suspected":
      return { raises: { kind: "bypass-suspected", data: { currentDeciamps: event.data.currentDeciamps } } };
    case "energy-unaccounted": {
      const { wattHours, overSeconds } = event.data;
      return { raises: { kind: "bypass-suspected", data: { wattHours, overSeconds } } };
    }
    case "gas-warning": {
      const { raised, gasLelPermille } = event.data;
      // The chip ends warning and cut together.
      return raised
        ? { raises: { kind: "gas-warning", data: { gasLelPermille } } }
        : { clears: [{ kind: "gas-warning" }, { kind: "gas-cut" }] };
    }
    case "gas-cut":
      return { raises: { kind: "gas-cut", data: { gasLelPermille: event.data.gasLelPermille } } };
    // Where it is one that no work goes on without, the chip says `faulted` too: one cause, one alarm.
    case "peripheral-lost": {
      const { lost, peripheral } = event.data;
      return lost
        ? { raises: { kind: "peripheral-lost", about: peripheral, data: { peripheral } } }
        : { clears: [{ kind: "peripheral-lost", about: peripheral }] };
    }
    // An overdue calibration is the firm's to see to, and on the machine's page; nothing is wrong at the place.
    case "gas-sensor": {
      const { raised, condition } = event.data;
      if (condition === "calibration-overdue") return undefined;
      const lost = { kind: "peripheral-lost", about: `gas-sensor-${condition}` } as const;
      return raised ? { raises: { ...lost, data: { peripheral: "gas-sensor" } } } : { clears: [lost] };
    }
    case "clock-stepped": {
      const { fromMs, toMs } = event.data;
      return { raises: { kind: "clock-stepped", data: { fromMs, toMs } } };
    }
    default:
      return undefined;
  }
}

function factOf(
  { chipId, event, machineId, occurredAtMs }: TakenEvent,
  chip: LoadedChip,
  work: OpenWork | undefined,
  { kind, about, data }: NonNullable<Meaning["raises"]>,
): AlarmFact {
  const eventId = `${chipId}/${event.boot}/${event.seq}`;
  const { twin } = chip;
  return {
    kind,
    subjectKey: machineSubject(machineId!, about),
    source: `chip-event:${eventId}:${kind}`,
    region: chip.regionCode,
    enterpriseId: chip.enterpriseId,
    machineId,
    chipId,
    siteOwnerId: work?.site_owner_enterprise_id ?? null,
    welderId: work?.welder_id ?? null,
    workSessionId: work?.work_session_id ?? null,
    clearanceId: work?.clearance_id ?? null,
    place:
      twin === null || twin.latitudeDegrees === null || twin.longitudeDegrees === null
        ? null
        : { latitudeDegrees: twin.latitudeDegrees, longitudeDegrees: twin.longitudeDegrees },
    occurredAtMs,
    data,
    evidence: [evidenceRef("chip-event", eventId, occurredAtMs)],
  };
}
