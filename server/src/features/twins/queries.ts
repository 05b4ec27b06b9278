import type { ChipId } from "@hanyouxu/protocol";
import { type RawBuilder, sql } from "kysely";
import { recordset } from "../../db/bulk.ts";
import type { Twin } from "./twins.ts";

const columns: readonly (readonly [name: string, type: string, read: (twin: Twin) => unknown])[] = [
  ["boot", "bigint", (twin) => twin.boot],
  ["uptime_ms", "bigint", (twin) => twin.uptimeMs],
  ["state_version", "bigint", (twin) => twin.stateVersion],
  ["relay_closed", "boolean", (twin) => twin.relayClosed],
  ["arc_on", "boolean", (twin) => twin.arcOn],
  ["is_locked", "boolean", (twin) => twin.isLocked],
  ["is_tampered", "boolean", (twin) => twin.isTampered],
  ["is_faulted", "boolean", (twin) => twin.isFaulted],
  ["latitude_degrees", "double precision", (twin) => twin.latitudeDegrees],
  ["longitude_degrees", "double precision", (twin) => twin.longitudeDegrees],
  ["accuracy_metres", "real", (twin) => twin.accuracyMetres],
  ["position_at", "timestamptz", (twin) => isoOf(twin.positionAtMs)],
  ["current_amps", "real", (twin) => twin.currentAmps],
  ["voltage_volts", "real", (twin) => twin.voltageVolts],
  ["temperature_celsius", "real", (twin) => twin.temperatureCelsius],
  ["gas_lel_percent", "real", (twin) => twin.gasLelPercent],
  ["battery_percent", "real", (twin) => twin.batteryPercent],
  ["signal_dbm", "real", (twin) => twin.signalDbm],
  ["clock_trust", "text", (twin) => twin.clockTrust],
  ["clock_skew_ms", "bigint", (twin) => twin.clockSkewMs && Math.round(twin.clockSkewMs)],
  ["last_heard_at", "timestamptz", (twin) => isoOf(twin.lastHeardAtMs)],
  ["is_gone", "boolean", (twin) => twin.isGone],
  ["connection", "bigint", (twin) => twin.connection],
  ["firmware", "text", (twin) => twin.firmware],
  ["configuration_version", "bigint", (twin) => twin.configurationVersion],
];

const names = columns.map(([name]) => name).join(", ");
const types = `chip_id text, ${columns.map(([name, type]) => `${name} ${type}`).join(", ")}`;
const excluded = columns.map(([name]) => `${name} = excluded.${name}`).join(", ");

/** Stores the twins as folded; the caller holds their chips' locks, so nothing newer is overwritten. */
export function twinsToSave(twins: ReadonlyMap<ChipId, Twin>): RawBuilder<unknown> | undefined {
  if (twins.size === 0) return undefined;
  const rows = [...twins].map(([chipId, twin]) => ({
    chip_id: chipId,
    ...Object.fromEntries(columns.map(([name, , read]) => [name, read(twin)])),
  }));
  return sql`
    insert into twins (chip_id, ${sql.raw(names)})
    select chip_id, ${sql.raw(names)} from ${recordset(rows, types)}
    on conflict (chip_id) do update set ${sql.raw(excluded)}`;
}

function isoOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
