import type {
  AdaptationProfile,
  ModelCoverage,
  ModelLookUp,
  ProfileContent,
  ProfileProof,
} from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import { coveringProfile } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import type { ReachedRows } from "../../db/within-scope.ts";
import { AppError } from "../../errors.ts";
import { requirePictures } from "./model-pictures.ts";
import { insertPictureUses } from "./picture-queries.ts";
import {
  countFleet,
  insertProfiles,
  type ProfileRow,
  selectCatalogue,
  selectProfiles,
  selectVersions,
  upsertModel,
} from "./queries.ts";
import { readModel } from "./read-model.ts";

export { forgetUnusedPictures } from "./model-pictures.ts";
export { seedCatalogue } from "./seed-catalogue.ts";

type ReadContext = Pick<AppContext, "db" | "personalData">;

export function profileOf(ctx: Pick<AppContext, "personalData">, row: ProfileRow): AdaptationProfile {
  return {
    profileKey: row.profile_key,
    version: row.version,
    content: row.content,
    proof: row.proof,
    changedAt: row.changed_at.toISOString(),
    changedBy: row.name_ciphertext ? maskName(ctx.personalData.open("name", row.name_ciphertext)) : null,
    changeReason: row.change_reason,
  };
}

/** One designation as typed: what it says, what is known, what covers it. */
export async function lookUpModel(ctx: ReadContext, text: string): Promise<ModelLookUp> {
  const catalogue = new Map((await selectCatalogue(ctx.db)).map((row) => [row.designation, row]));
  const read = readModel(text, catalogue);
  const row = covering(await selectProfiles(ctx.db), read);
  return { ...read, profile: row ? profileOf(ctx, row) : null };
}

export interface FleetModel extends Omit<ModelLookUp, "profile" | "problem" | "suggestion" | "maker"> {
  machines: number;
  profile: ProfileRow | undefined;
}

/** Every model of the fleet within reach and of the catalogue, each spelling counted to its designation. */
export async function fleetModels(ctx: Pick<AppContext, "db">, scope: ReachedRows): Promise<FleetModel[]> {
  const rows = await selectCatalogue(ctx.db);
  const catalogue = new Map(rows.map((row) => [row.designation, row]));
  const profiles = await selectProfiles(ctx.db);
  const models = new Map<string, FleetModel>();
  const add = (text: string, count: number) => {
    const { problem: _problem, suggestion: _suggestion, maker: _maker, ...read } = readModel(text, catalogue);
    const known = models.get(read.designation);
    if (known) known.machines += count;
    else models.set(read.designation, { ...read, machines: count, profile: covering(profiles, read) });
  };
  for (const { model, count } of await countFleet(ctx.db, scope)) add(model, count);
  for (const { designation } of rows) add(designation, 0);
  return [...models.values()];
}

const GAPS_SHOWN = 50;

/** How much of the fleet a profile covers. Models that nobody has registered count for nothing. */
export async function coverageOf(ctx: Pick<AppContext, "db">, scope: ReachedRows): Promise<ModelCoverage> {
  const models = (await fleetModels(ctx, scope)).filter(({ machines }) => machines > 0);
  const covered = models.filter(({ profile }) => profile);
  const total = (rows: readonly FleetModel[]) => rows.reduce((sum, { machines }) => sum + machines, 0);
  return {
    machines: total(models),
    coveredMachines: total(covered),
    provenMachines: total(covered.filter(({ profile }) => profile?.proof.kind === "proven")),
    models: models.length,
    coveredModels: covered.length,
    gaps: models
      .filter(({ profile }) => !profile)
      .sort((a, b) => b.machines - a.machines || (a.designation < b.designation ? -1 : 1))
      .slice(0, GAPS_SHOWN)
      .map(({ designation, standing, machines }) => ({ designation, standing, machines })),
  };
}

type WriteContext = Pick<AppContext, "db" | "clock" | "personalData" | "audit">;

/**
 * A new version of a profile, or a new one.
 * @throws AppError profile.changed_meanwhile when `basedOnVersion` is not the present one; request.invalid, naming the
 *   step, when a picture is not there
 */
export async function saveProfile(
  ctx: WriteContext,
  input: {
    profileKey: string;
    basedOnVersion: number;
    content: ProfileContent;
    proof: ProfileProof;
    reason: string;
    actor: PersonId;
  },
): Promise<AdaptationProfile> {
  const { profileKey, basedOnVersion, content, proof, reason, actor } = input;
  const version = basedOnVersion + 1;
  await ctx.db.transaction().execute(async (tx) => {
    const [present] = await selectVersions(tx, profileKey);
    if ((present?.version ?? 0) !== basedOnVersion) throw new AppError("profile.changed_meanwhile");
    const pictures = await requirePictures(tx, content.steps);
    const row = {
      profile_key: profileKey,
      version,
      content: JSON.stringify(content),
      proof: JSON.stringify(proof),
      changed_at: new Date(ctx.clock.nowMs()),
      changed_by: actor,
      change_reason: reason,
    };
    if ((await insertProfiles(tx, [row])).length === 0) throw new AppError("profile.changed_meanwhile");
    await insertPictureUses(tx, profileKey, version, pictures);
    await ctx.audit.record(tx, {
      actor,
      action: "adaptation_profile.saved",
      subject: `adaptation-profile:${profileKey}`,
      details: { version, reason, patterns: content.patterns, proof: proof.kind },
    });
  });
  const [saved] = await selectVersions(ctx.db, profileKey);
  return profileOf(ctx, saved!);
}

/** @throws AppError profile.not_found */
export async function profileVersions(ctx: ReadContext, profileKey: string): Promise<AdaptationProfile[]> {
  const rows = await selectVersions(ctx.db, profileKey);
  if (rows.length === 0) throw new AppError("profile.not_found");
  return rows.map((row) => profileOf(ctx, row));
}

/** Writes what is known of a model into the catalogue. */
export async function describeModel(
  ctx: WriteContext,
  text: string,
  facts: Parameters<typeof upsertModel>[2],
  reason: string,
  actor: PersonId,
): Promise<ModelLookUp> {
  const { designation } = readModel(text, new Map());
  await ctx.db.transaction().execute(async (tx) => {
    await upsertModel(tx, designation, facts, actor, new Date(ctx.clock.nowMs()));
    await ctx.audit.record(tx, {
      actor,
      action: "machine_model.described",
      subject: `machine-model:${designation}`,
      details: { ...facts, reason },
    });
  });
  return await lookUpModel(ctx, designation);
}

function covering(
  profiles: readonly ProfileRow[],
  { designation, facts }: Pick<ModelLookUp, "designation" | "facts">,
): ProfileRow | undefined {
  const candidates = profiles.map((row) => ({
    row,
    patterns: row.content.patterns,
    mostRatedAmps: row.content.mostRatedAmps,
  }));
  return coveringProfile(candidates, designation, facts.ratedCurrentAmps)?.row;
}
