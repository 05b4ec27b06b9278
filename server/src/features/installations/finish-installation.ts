import { bytesToHex, type MachineId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import { sniffPicture } from "../../blobs/sniff-picture.ts";
import type { AppContext } from "../../context.ts";
import { sha256 } from "../../crypto/sha256.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { cleanPicture } from "../../pictures/clean-picture.ts";
import { issueEnrolmentToken } from "../chip-enrolment/chip-enrolment.ts";
import { insertStep } from "../machine-life/machine-life.ts";
import { withPhoto } from "../photos/photos.ts";
import { setChipState } from "../retrofit/retrofit.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { changeInstallation } from "./change-installation.ts";
import { requireInstallation, stepOf } from "./installation-view.ts";
import { type LockedInstallation, updateInstallation } from "./queries.ts";
import { sendRelayTest } from "./relay-test.ts";
import { selectRelayTests } from "./relay-test-queries.ts";

const TOKEN_HOURS = 2;

type FinishContext = Pick<
  AppContext,
  | "db"
  | "clock"
  | "random"
  | "newId"
  | "keys"
  | "broker"
  | "audit"
  | "metrics"
  | "log"
  | "blobs"
  | "personalData"
>;

/** The right for this installation's chip to enrol. @throws AppError installation.step_missing */
export async function issueToken(ctx: FinishContext, person: Person, installationId: string) {
  let machineId: Parameters<typeof issueEnrolmentToken>[1]["machineId"] | undefined;
  const action = "installation.token_asked";
  await changeInstallation(ctx, { person, installationId, action }, async (tx, installation) => {
    if (installation.machine_id === null || installation.profile_read_at === null) {
      throw new AppError("installation.step_missing");
    }
    machineId = installation.machine_id;
    await updateInstallation(tx, installationId, { token_issued_at: new Date(ctx.clock.nowMs()) });
    return undefined;
  });
  return await issueEnrolmentToken(ctx, {
    machineId: machineId!,
    issuedBy: person.personId,
    validHours: TOKEN_HOURS,
    // The chip that was in the machine goes back into a box; a broken one is written off by hand.
    oldChip: "unbind",
  });
}

/**
 * Asks the real chip to close its relay for some seconds.
 * @throws AppError installation.step_missing, installation.chip_offline, installation.machine_busy
 */
export async function testRelay(
  ctx: FinishContext,
  person: Person,
  installationId: string,
  isChipOnline: (installation: Awaited<ReturnType<typeof requireInstallation>>) => boolean,
): Promise<void> {
  const row = await requireInstallation(ctx, installationId);
  if (row.installer_id !== person.personId) throw new AppError("role.forbidden");
  if (row.status !== "open") throw new AppError("installation.ended");
  const isFitted = row.machine_id !== null && row.machine_chip_id === row.chip_id;
  if (!isFitted || row.latitude_degrees === null || row.longitude_degrees === null) {
    throw new AppError("installation.step_missing");
  }
  if (!isChipOnline(row)) throw new AppError("installation.chip_offline");
  await sendRelayTest(ctx, {
    installationId,
    machineId: row.machine_id!,
    chipId: row.chip_id,
    position: {
      latitudeDegrees: row.latitude_degrees,
      longitudeDegrees: row.longitude_degrees,
      accuracyMetres: row.accuracy_metres ?? 0,
    },
    by: person.personId,
  });
}

/**
 * The installer signs for the work: from now on certified welders can start the machine.
 * @throws AppError photo.invalid, installation.step_missing
 */
export async function signInstallation(
  ctx: FinishContext,
  person: Person,
  installationId: string,
  bytes: Uint8Array,
): Promise<void> {
  const picture = sniffPicture(bytes)?.mediaType === "image/png" && cleanPicture(bytes);
  if (!picture) throw new AppError("photo.invalid");
  const row = await requireInstallation(ctx, installationId);
  const signature = { personId: person.personId, kind: "installation-signature" as const, picture };
  const details = { digest: bytesToHex(sha256(bytes)) };
  const change = { person, installationId, action: "installation.signed", details };
  await withPhoto(ctx, signature, (tx, blobId) =>
    changeInstallation({ ...ctx, db: tx }, change, async (_, installation) => {
      const [lastTest] = await selectRelayTests(tx, [installationId]);
      if (stepOf(row, true, lastTest) !== "signature" || installation.machine_id === null) {
        throw new AppError("installation.step_missing");
      }
      const at = new Date(ctx.clock.nowMs());
      await commission(ctx, tx, person, { ...installation, machine_id: installation.machine_id });
      await setChipState(tx, {
        chipId: installation.chip_id,
        campaignId: installation.campaign_id,
        region: installation.region_code,
        state: "fitted",
        at,
      });
      await updateInstallation(tx, installationId, {
        status: "in-service",
        signature_blob_id: blobId,
        ended_at: at,
      });
      return { machineId: installation.machine_id, relayTestId: lastTest!.relay_test_id };
    }),
  );
}

/** Puts the machine into service, as a step of its life. @throws AppError machine.scrapped */
async function commission(
  ctx: FinishContext,
  tx: Kysely<Tables>,
  { personId }: Person,
  installation: Pick<LockedInstallation, "installation_id" | "chip_id"> & { machine_id: MachineId },
): Promise<void> {
  const { machine_id: machineId, chip_id: chipId, installation_id: installationId } = installation;
  const { status } = await tx
    .selectFrom("machines")
    .select("status")
    .where("machine_id", "=", machineId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (status === "scrapped") throw new AppError("machine.scrapped");
  if (status === "in-service") return;
  await tx
    .updateTable("machines")
    .set({ status: "in-service" })
    .where("machine_id", "=", machineId)
    .execute();
  await insertStep(ctx, tx, {
    machineId,
    actor: personId,
    step: "commission",
    from: status,
    to: "in-service",
    details: { installationId, chipId },
  });
}
