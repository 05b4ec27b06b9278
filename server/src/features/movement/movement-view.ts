import type { MachineMovement, MachineMovementDetail, WelderMovement } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import type { MachineMovementRow } from "./machine-queries.ts";
import type { WelderMovementRow } from "./welder-queries.ts";

function figuresOf(row: MachineMovementRow | WelderMovementRow) {
  return {
    placeCount: row.place_count,
    moves: row.moves,
    farthestMetres: row.farthest_metres,
    workedDays: row.worked_days,
    fromDay: row.from_day,
    toDay: row.to_day,
    classifiedAt: row.classified_at?.toISOString() ?? null,
  };
}

export function machineMovementOf(row: MachineMovementRow): MachineMovement {
  return {
    machineId: row.machine_id,
    machineName: row.name,
    model: row.model,
    enterpriseName: row.enterprise_name,
    region: row.region_code,
    regionName: row.region_name,
    kind: row.kind,
    foundKind: row.found,
    isOverridden: row.override !== null,
    isRegisteredMobile: row.is_mobile,
    ...figuresOf(row),
    days: row.days,
    simulatedDays: row.simulated_days,
  };
}

/** @param sight what of it the reader may see and do */
export function machineMovementDetailOf(
  { personalData }: Pick<AppContext, "personalData">,
  row: MachineMovementRow,
  sight: { places: boolean; mayOverride: boolean },
): MachineMovementDetail {
  return {
    ...machineMovementOf(row),
    places: sight.places ? (row.places ?? []) : null,
    override:
      row.override === null
        ? null
        : {
            kind: row.override,
            reason: row.override_reason!,
            setByName: maskName(personalData.open("name", row.overridden_by_name!)),
            setAt: row.overridden_at!.toISOString(),
          },
    mayOverride: sight.mayOverride,
  };
}

export function welderMovementOf(
  { personalData }: Pick<AppContext, "personalData">,
  row: WelderMovementRow,
): WelderMovement {
  return {
    welderId: row.welder_id,
    name: maskName(personalData.open("name", row.name_ciphertext)),
    region: row.region_code,
    regionName: row.region_name,
    kind: row.kind,
    ...figuresOf(row),
  };
}
