import type { Installation, InstallationDetail, InstallationStep } from "@hanyouxu/api";
import { defaultStartPolicy } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { isOnline } from "../twins/twins.ts";
import {
  type InstallationFilter,
  type InstallationRow,
  selectInstallations,
  selectPhotos,
} from "./queries.ts";
import { relayTestOf } from "./relay-test.ts";
import { type RelayTestRow, selectRelayTests } from "./relay-test-queries.ts";

type ViewContext = Pick<AppContext, "db" | "clock" | "personalData">;

/** What is to be done next, from what has been done. Pure. */
export function stepOf(
  row: Pick<
    InstallationRow,
    | "status"
    | "machine_code"
    | "machine_id"
    | "photo_count"
    | "latitude_degrees"
    | "profile_read_at"
    | "machine_chip_id"
    | "chip_id"
  >,
  isChipOnline: boolean,
  lastTest: Pick<RelayTestRow, "status"> | undefined,
): InstallationStep {
  if (row.status === "in-service") return "done";
  if (row.status === "abandoned") return "abandoned";
  if (row.machine_code === null) return "label";
  if (row.machine_id === null) return "machine";
  if (row.photo_count === 0) return "photos";
  if (row.latitude_degrees === null) return "position";
  if (row.profile_read_at === null) return "profile";
  if (row.machine_chip_id !== row.chip_id) return "enrolment";
  // A chip that is away for a moment after its test need not be enrolled again.
  if (lastTest?.status === "passed") return "signature";
  if (!isChipOnline && lastTest === undefined) return "enrolment";
  return "relay-test";
}

export function isChipOnline(row: InstallationRow, nowMs: number): boolean {
  return (
    row.last_heard_at !== null &&
    isOnline(
      { isGone: row.is_gone ?? false, lastHeardAtMs: row.last_heard_at.getTime() },
      nowMs,
      defaultStartPolicy.chipLeaseSeconds,
    )
  );
}

/** @throws AppError installation.not_found */
export async function requireInstallation(
  ctx: Pick<AppContext, "db">,
  installationId: string,
): Promise<InstallationRow> {
  const [row] = await selectInstallations(ctx.db, { installationId }, 1, 0);
  if (!row) throw new AppError("installation.not_found");
  return row;
}

export async function listInstallations(
  ctx: ViewContext,
  filter: InstallationFilter,
  limit: number,
  offset: number,
): Promise<Installation[]> {
  const rows = await selectInstallations(ctx.db, filter, limit, offset);
  const tests = await selectRelayTests(
    ctx.db,
    rows.map(({ installation_id }) => installation_id),
  );
  return rows.map((row) =>
    installationOf(
      ctx,
      row,
      tests.find(({ installation_id }) => installation_id === row.installation_id),
    ),
  );
}

export function installationOf(
  ctx: Pick<AppContext, "clock" | "personalData">,
  row: InstallationRow,
  lastTest: RelayTestRow | undefined,
): Installation {
  return {
    installationId: row.installation_id,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    installerName: maskName(ctx.personalData.open("name", row.name_ciphertext)),
    chipId: row.chip_id,
    step: stepOf(row, isChipOnline(row, ctx.clock.nowMs()), lastTest),
    machineCode: row.machine_code,
    machineId: row.machine_id,
    machineName: row.machine_name,
    model: row.model,
    process: row.process,
    enterpriseName: row.enterprise_name,
    region: row.region_code,
    regionName: row.region_name,
    photoCount: row.photo_count,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    lastTest: lastTest ? relayTestOf(lastTest) : null,
  };
}

/** @throws AppError installation.not_found */
export async function installationDetail(
  ctx: ViewContext,
  installationId: string,
): Promise<InstallationDetail> {
  const row = await requireInstallation(ctx, installationId);
  const tests = await selectRelayTests(ctx.db, [installationId]);
  const photos = await selectPhotos(ctx.db, installationId);
  const nowMs = ctx.clock.nowMs();
  const isEnrolled = row.machine_chip_id === row.chip_id;
  return {
    ...installationOf(ctx, row, tests[0]),
    position:
      row.latitude_degrees === null || row.longitude_degrees === null
        ? null
        : {
            latitudeDegrees: row.latitude_degrees,
            longitudeDegrees: row.longitude_degrees,
            accuracyMetres: row.accuracy_metres ?? 0,
          },
    photos: photos.map(({ photo_id, taken_at }) => ({ photoId: photo_id, takenAt: taken_at.toISOString() })),
    tests: tests.map(relayTestOf),
    hasSignature: row.signature_blob_id !== null,
    abandonReason: row.abandon_reason,
    enrolment: {
      isEnrolled,
      otherChipId: isEnrolled ? null : row.machine_chip_id,
      isOnline: isChipOnline(row, nowMs),
      heardAt: row.last_heard_at?.toISOString() ?? null,
      firmware: row.firmware,
    },
    now: new Date(nowMs).toISOString(),
  };
}
