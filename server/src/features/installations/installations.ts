import { bytesToHex, type ChipId, type MachineCode, type MachineId, type Position } from "@hanyouxu/protocol";
import type { WeldingProcess } from "@hanyouxu/rules";
import { sniffPicture } from "../../blobs/sniff-picture.ts";
import type { AppContext } from "../../context.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import { AppError } from "../../errors.ts";
import { cleanPicture } from "../../pictures/clean-picture.ts";
import { bindLabel, lockLabel } from "../labels/labels.ts";
import { insertStep } from "../machine-life/machine-life.ts";
import { withPhoto } from "../photos/photos.ts";
import { requireCampaign, selectCampaigns, setChipState } from "../retrofit/retrofit.ts";
import { type Person, requireScope, scopeOf } from "../sign-in/sign-in.ts";
import { changeInstallation } from "./change-installation.ts";
import { requireInstallation } from "./installation-view.ts";
import {
  insertInstallation,
  insertMachine,
  insertPhoto,
  isChipRevoked,
  isLabelTaken,
  selectEnterprise,
  selectInstallations,
  selectPhotos,
  updateInstallation,
} from "./queries.ts";

type InstallContext = Pick<
  AppContext,
  "db" | "clock" | "random" | "newId" | "audit" | "blobs" | "personalData" | "log"
>;

const MOST_PHOTOS = 12;

/**
 * The installer scans a chip. The same chip again leads back to the open installation.
 * @throws AppError campaign.not_found, campaign.closed, campaign.not_assigned, installation.chip_in_use,
 *   installation.chip_unfit
 */
export async function startInstallation(
  ctx: InstallContext,
  person: Person,
  { campaignId, chipId }: { campaignId: string; chipId: ChipId },
): Promise<string> {
  const [open] = await selectInstallations(ctx.db, { chipId, status: "open" }, 1, 0);
  if (open && open.installer_id === person.personId) return open.installation_id;
  if (open) throw new AppError("installation.chip_in_use");
  const campaign = await requireCampaign(ctx, campaignId);
  if (campaign.status === "closed") throw new AppError("campaign.closed");
  const filter = { campaignId, installerId: person.personId, scope: scopeOf(person, "installer") };
  if ((await selectCampaigns(ctx.db, filter, 1, 0)).length === 0) throw new AppError("campaign.not_assigned");
  if (await isChipRevoked(ctx.db, chipId)) throw new AppError("installation.chip_unfit");
  const installationId = ctx.newId();
  const at = new Date(ctx.clock.nowMs());
  try {
    await ctx.db.transaction().execute(async (tx) => {
      await setChipState(tx, { chipId, campaignId, region: null, state: "issued", at });
      await insertInstallation(tx, {
        installation_id: installationId,
        campaign_id: campaignId,
        installer_id: person.personId,
        chip_id: chipId,
        status: "open",
        started_at: at,
      });
      await ctx.audit.record(tx, {
        actor: person.personId,
        action: "installation.started",
        subject: `installation:${installationId}`,
        details: { campaignId, chipId },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "retrofit_installations_open_chip")) {
      throw new AppError("installation.chip_in_use");
    }
    throw error;
  }
  return installationId;
}

/**
 * The label on the machine: a blank one is kept for the machine to be registered, a bound one leads to its machine.
 * @param machineCode authentic
 * @throws AppError machine_code.void, label.not_found, label.bound_already, region.out_of_scope,
 *   installation.machine_busy
 */
export async function setLabel(
  ctx: InstallContext,
  person: Person,
  installationId: string,
  machineCode: MachineCode,
): Promise<void> {
  const scope = scopeOf(person, "installer");
  const change = { person, installationId, action: "installation.labelled", details: { machineCode } };
  try {
    await changeInstallation(ctx, change, async (tx, installation) => {
      // Once the machine is registered under it, the label stays: a wrong one is replaced by voiding it.
      if (installation.machine_id !== null && installation.machine_code !== machineCode) {
        throw new AppError("label.bound_already");
      }
      const machine = await tx
        .selectFrom("machines")
        .select(["machine_id", "region_code", "enterprise_id"])
        .where("machine_code", "=", machineCode)
        .where("status", "!=", "scrapped")
        .executeTakeFirst();
      if (machine) {
        requireScope(scope, machine.region_code, machine.enterprise_id);
        const { machine_id, region_code } = machine;
        await updateInstallation(tx, installationId, { machine_code: machineCode, machine_id, region_code });
        return { machineId: machine_id };
      }
      const label = await lockLabel(tx, machineCode);
      if (!label) throw new AppError("label.not_found");
      if (label.state === "void") throw new AppError("machine_code.void");
      requireScope(scope, label.region_code);
      if (label.state === "bound" || (await isLabelTaken(tx, machineCode, installationId))) {
        throw new AppError("label.bound_already");
      }
      await updateInstallation(tx, installationId, { machine_code: machineCode });
      return undefined;
    });
  } catch (error) {
    if (isUniqueViolation(error, "retrofit_installations_open_machine")) {
      throw new AppError("installation.machine_busy");
    }
    throw error;
  }
}

export interface NewMachine {
  enterpriseId: string;
  name: string;
  model: string;
  process: WeldingProcess;
  isMobile: boolean;
}

/**
 * Registers the machine under the blank label.
 * @throws AppError installation.step_missing, label.bound_already, enterprise out of scope as region.out_of_scope
 */
export async function registerMachine(
  ctx: InstallContext,
  person: Person,
  installationId: string,
  machine: NewMachine,
): Promise<void> {
  const action = "installation.machine_registered";
  await changeInstallation(ctx, { person, installationId, action }, async (tx, installation) => {
    const { machine_code: machineCode, machine_id } = installation;
    if (machineCode === null || machine_id !== null) throw new AppError("installation.step_missing");
    const enterprise = await selectEnterprise(tx, machine.enterpriseId);
    if (!enterprise) throw new AppError("region.out_of_scope");
    const { enterprise_id, region_code } = enterprise;
    requireScope(scopeOf(person, "installer"), region_code, enterprise_id);
    const machineId = ctx.newId() as MachineId;
    await insertMachine(tx, {
      machine_id: machineId,
      machine_code: machineCode,
      enterprise_id,
      region_code,
      name: machine.name,
      model: machine.model,
      process: machine.process,
      is_mobile: machine.isMobile,
      status: "registered",
      lock_reason: null,
      chip_id: null,
      home_latitude_degrees: null,
      home_longitude_degrees: null,
      created_at: new Date(ctx.clock.nowMs()),
    });
    await insertStep(ctx, tx, {
      machineId,
      actor: person.personId,
      step: "register",
      to: "registered",
      details: { model: machine.model, process: machine.process },
    });
    await bindLabel(ctx, tx, { machineCode, machineId, by: person.personId });
    await updateInstallation(tx, installationId, { machine_id: machineId, region_code });
    return { machineId, model: machine.model };
  });
}

/** @throws AppError photo.invalid, photo.too_many, installation.step_missing */
export async function addPhoto(
  ctx: InstallContext,
  person: Person,
  installationId: string,
  bytes: Uint8Array,
): Promise<void> {
  const picture = sniffPicture(bytes) && cleanPicture(bytes);
  if (!picture) throw new AppError("photo.invalid");
  const digest = bytesToHex(sha256(bytes));
  // A phone that lost the answer sends the same picture again.
  if (await hasPhoto(ctx, person, installationId, digest)) return;
  const photo = { personId: person.personId, kind: "installation-photo" as const, picture };
  const change = { person, installationId, action: "installation.photo_added", details: { digest } };
  await withPhoto(ctx, photo, (tx, blobId) =>
    changeInstallation({ ...ctx, db: tx }, change, async (_, { machine_id }) => {
      if (machine_id === null) throw new AppError("installation.step_missing");
      if ((await selectPhotos(tx, installationId)).length >= MOST_PHOTOS)
        throw new AppError("photo.too_many");
      await insertPhoto(tx, {
        photo_id: blobId!,
        installation_id: installationId,
        digest,
        taken_at: new Date(ctx.clock.nowMs()),
      });
      return undefined;
    }),
  );
}

async function hasPhoto(
  ctx: Pick<AppContext, "db">,
  person: Person,
  installationId: string,
  digest: string,
): Promise<boolean> {
  const { installer_id } = await requireInstallation(ctx, installationId);
  if (installer_id !== person.personId) throw new AppError("role.forbidden");
  return (await selectPhotos(ctx.db, installationId)).some((photo) => photo.digest === digest);
}

/** Where the phone stands is where the machine has its home. @throws AppError installation.step_missing */
export async function setPosition(
  ctx: InstallContext,
  person: Person,
  installationId: string,
  position: Position,
): Promise<void> {
  const { latitudeDegrees, longitudeDegrees, accuracyMetres } = position;
  const action = "installation.positioned";
  await changeInstallation(ctx, { person, installationId, action }, async (tx, { machine_id }) => {
    if (machine_id === null) throw new AppError("installation.step_missing");
    await updateInstallation(tx, installationId, {
      latitude_degrees: latitudeDegrees,
      longitude_degrees: longitudeDegrees,
      accuracy_metres: accuracyMetres,
    });
    await tx
      .updateTable("machines")
      .set({ home_latitude_degrees: latitudeDegrees, home_longitude_degrees: longitudeDegrees })
      .where("machine_id", "=", machine_id)
      .execute();
    return { accuracyMetres };
  });
}

/** @throws AppError installation.step_missing */
export async function confirmProfile(
  ctx: InstallContext,
  person: Person,
  installationId: string,
): Promise<void> {
  const action = "installation.profile_read";
  await changeInstallation(ctx, { person, installationId, action }, async (tx, { machine_id }) => {
    if (machine_id === null) throw new AppError("installation.step_missing");
    await updateInstallation(tx, installationId, { profile_read_at: new Date(ctx.clock.nowMs()) });
    return undefined;
  });
}

/**
 * Gives it up: the machine stays as registered, the chip is free again or written off.
 */
export async function abandonInstallation(
  ctx: InstallContext,
  person: Person,
  installationId: string,
  { reason, isChipDefective }: { reason: string; isChipDefective: boolean },
): Promise<void> {
  const change = {
    person,
    installationId,
    action: "installation.abandoned",
    details: { reason, isChipDefective },
  };
  await changeInstallation(ctx, change, async (tx, { chip_id, campaign_id, region_code }) => {
    const at = new Date(ctx.clock.nowMs());
    await setChipState(tx, {
      chipId: chip_id,
      campaignId: campaign_id,
      region: region_code,
      state: isChipDefective ? "defective" : "in-stock",
      at,
    });
    if (isChipDefective && region_code !== null) {
      await tx
        .insertInto("chip_stock_movements")
        .values({
          movement_id: ctx.newId(),
          campaign_id,
          kind: "defective",
          region_code,
          quantity: 1,
          box: null,
          chip_id,
          note: reason,
          moved_at: at,
          moved_by: person.personId,
        })
        .execute();
    }
    await updateInstallation(tx, installationId, {
      status: "abandoned",
      abandon_reason: reason,
      ended_at: at,
    });
    return undefined;
  });
}

export { applyRelayTestNews, failOverdueRelayTests, type RelayTestNews } from "./relay-test.ts";
