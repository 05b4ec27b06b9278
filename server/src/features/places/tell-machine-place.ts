import type { MachineId, PersonId, SiteSignCode } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { writeTogether } from "../../db/bulk.ts";
import type { Tables } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { believedPlace } from "../../fence/believed-fixes.ts";
import { type ToldPlace, tellPlace } from "../../fence/tell-place.ts";
import type { CurrentKeyArea } from "../key-areas/key-areas.ts";
import { placeOfSign } from "../site-signs/site-signs.ts";
import { loadMachinePlace, placesToSave, selectChipOf } from "./queries.ts";
import { followKeyAreas } from "./watched-areas.ts";

type TellContext = Pick<AppContext, "db" | "clock" | "audit" | "watchedAreas" | "chipTurns">;

/** A phone may be so far outside of an area whose sign it scans, beyond its own error: signs hang at gates. */
const SIGN_REACH_METRES = 50;

export interface ScannedSign {
  machineId: MachineId;
  signCode: SiteSignCode;
  phone: { latitudeDegrees: number; longitudeDegrees: number; accuracyMetres: number } | null;
  by: PersonId;
}

/**
 * The machine is where the sign hangs that the welder beside it has scanned. Areas that do not touch the sign's and for
 * which it was unsure are none of it then.
 * @throws AppError site_sign.forged | site_sign.void | place.phone_unknown | place.sign_elsewhere
 */
export async function placeBySign(
  ctx: TellContext & Pick<AppContext, "machineCodeKey" | "metrics">,
  { machineId, signCode, phone, by }: ScannedSign,
): Promise<{ area: CurrentKeyArea; floor: string | null }> {
  const sign = await placeOfSign(ctx, signCode);
  // Signs are made as soon as an area is drawn, maybe at another server.
  await followKeyAreas(ctx);
  const area = ctx.watchedAreas.get(sign.keyAreaId);
  // Abolished since the sign was read, and its signs with it.
  if (!area) throw new AppError("site_sign.void");
  if (!phone) throw new AppError("place.phone_unknown");
  const { latitudeDegrees, longitudeDegrees, accuracyMetres } = phone;
  const { index } = ctx.watchedAreas;
  const metresInside = index.metresInside(area.keyAreaId, latitudeDegrees, longitudeDegrees) ?? Number.NaN;
  // A vague fix proves nothing: it may not make up for the distance without bound.
  const reach =
    SIGN_REACH_METRES +
    Math.min(accuracyMetres, ctx.watchedAreas.policyAt(area.keyAreaId).placeWorstAccuracyMetres);
  if (!(metresInside > -reach)) throw new AppError("place.sign_elsewhere");
  const said = { state: "inside" as const, method: "sign" as const };
  await aloneWith(ctx, machineId, async (tx) => {
    const others = (keys: readonly string[]) =>
      keys.filter((key) => {
        const other = index.metresInside(key, latitudeDegrees, longitudeDegrees) ?? Number.NEGATIVE_INFINITY;
        return other < 0 && !ctx.watchedAreas.mayTouch(area.keyAreaId, key);
      });
    await tell(ctx, tx, machineId, area.keyAreaId, said, { by, reason: null, floor: sign.floor }, others);
  });
  return { area, floor: sign.floor };
}

/**
 * What staff say of a machine's place, with the reason in the audit log.
 * @throws AppError key_area.not_found
 */
export async function placeByStaff(
  ctx: TellContext,
  machineId: MachineId,
  {
    keyAreaId,
    state,
    reason,
    by,
  }: { keyAreaId: string; state: "inside" | "outside"; reason: string; by: PersonId },
): Promise<void> {
  const area = ctx.watchedAreas.get(keyAreaId);
  if (!area) throw new AppError("key_area.not_found");
  await aloneWith(ctx, machineId, async (tx) => {
    await tell(ctx, tx, machineId, keyAreaId, { state, method: "person" }, { by, reason, floor: null });
    await ctx.audit.record(tx, {
      actor: by,
      action: "machine.place_told",
      subject: `machine:${machineId}`,
      details: { keyAreaId, state, reason },
    });
  });
}

/** In a transaction, while nothing that the machine's chip says is taken in. */
async function aloneWith(
  ctx: TellContext,
  machineId: MachineId,
  work: (tx: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  const chipId = await selectChipOf(ctx.db, machineId);
  await ctx.chipTurns.hold([chipId ?? machineId], () => ctx.db.transaction().execute(work));
}

async function tell(
  ctx: TellContext,
  tx: Kysely<Tables>,
  machineId: MachineId,
  keyAreaId: string,
  said: Pick<ToldPlace, "state" | "method">,
  source: { by: PersonId; reason: string | null; floor: string | null },
  outsideOf: (unsureKeys: readonly string[]) => string[] = () => [],
): Promise<void> {
  const { memory, twinPlace } = await loadMachinePlace(tx, machineId);
  const believed = memory && believedPlace(memory.fixes);
  const place: ToldPlace["place"] = believed
    ? [believed.latitudeDegrees, believed.longitudeDegrees]
    : twinPlace;
  const told = { ...said, atMs: ctx.clock.nowMs(), place };
  let step = tellPlace(memory ?? undefined, keyAreaId, told);
  const changes = [{ machineId, change: step.change }];
  const unsure = Object.entries(step.memory.areas).flatMap(([key, { state }]) =>
    state === "unsure" ? [key] : [],
  );
  for (const key of outsideOf(unsure)) {
    step = tellPlace(step.memory, key, { ...told, state: "outside" });
    changes.push({ machineId, change: step.change });
  }
  const toldBy = { toldBy: source.by, reason: source.reason, floor: source.floor };
  await writeTogether(tx, placesToSave({ memories: new Map([[machineId, step.memory]]), changes }, toldBy));
}
