import type { SignedPlace, SiteSign } from "@hanyouxu/api";
import {
  createSiteSignCode,
  isAuthenticSiteSignCode,
  type PersonId,
  type SiteSignCode,
} from "@hanyouxu/protocol";
import { forbiddenPeriod, isKeyAreaInForce, isOpenToPublic } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { machineCodeMac } from "../../crypto/machine-code-mac.ts";
import { AppError } from "../../errors.ts";
import {
  insertSigns,
  type KeyAreaRow,
  nextRevision,
  type SignRow,
  selectKeyAreas,
  selectSign,
  selectSigns,
  voidSigns,
} from "../key-areas/key-areas.ts";

type SignContext = Pick<AppContext, "db" | "clock" | "random" | "machineCodeKey" | "audit">;

/**
 * Sees to it that each of `floors` has a valid sign; with `voidOld` under a new code.
 * @param area that the caller may edit
 * @throws AppError key_area.abolished, key_area.no_such_floor
 */
export async function makeSigns(
  ctx: SignContext,
  area: KeyAreaRow,
  input: { floors: readonly (string | null)[]; voidOld: boolean; reason: string; actor: PersonId },
): Promise<SignRow[]> {
  const { actor, reason, voidOld } = input;
  const asked = [...new Set(input.floors)];
  return await ctx.db.transaction().execute(async (tx) => {
    // Changes of the area wait, so that no sign is made for a floor that goes meanwhile.
    await nextRevision(tx);
    const [now] = await selectKeyAreas(tx, { keyAreaId: area.key_area_id });
    if (now?.status !== "active") throw new AppError("key_area.abolished");
    const unknown = asked.filter((floor) => floor !== null && now.floors?.includes(floor) !== true);
    if (unknown.length > 0) throw new AppError("key_area.no_such_floor", { details: { floors: unknown } });
    const at = new Date(ctx.clock.nowMs());
    const valid = (await selectSigns(tx, area.key_area_id)).filter(({ state }) => state === "valid");
    const present = valid.filter(({ floor }) => asked.includes(floor));
    if (voidOld) {
      const codes = present.map(({ sign_code }) => sign_code);
      await voidSigns(tx, codes, { actor, reason, at });
    }
    const missing = voidOld ? asked : asked.filter((floor) => present.every((sign) => sign.floor !== floor));
    await insertSigns(
      tx,
      missing.map((floor) => ({
        sign_code: createSiteSignCode(ctx.random, machineCodeMac(ctx.machineCodeKey)),
        key_area_id: area.key_area_id,
        floor,
        made_at: at,
        made_by: actor,
      })),
    );
    await ctx.audit.record(tx, {
      actor,
      action: "site_signs.made",
      subject: `key_area:${area.key_area_id}`,
      details: { floors: missing, voidOld, reason },
    });
    return await selectSigns(tx, area.key_area_id);
  });
}

/**
 * What a scanned sign says of the place and of just now.
 * @throws AppError site_sign.forged, site_sign.void
 */
export async function placeOfSign(
  ctx: Pick<AppContext, "db" | "clock" | "machineCodeKey" | "metrics">,
  signCode: SiteSignCode,
): Promise<SignedPlace> {
  const isOurs = isAuthenticSiteSignCode(signCode, machineCodeMac(ctx.machineCodeKey));
  if (!isOurs) ctx.metrics.forgedCodes.inc();
  const sign = isOurs ? await selectSign(ctx.db, signCode) : undefined;
  if (!sign) throw new AppError("site_sign.forged");
  if (sign.state === "void") throw new AppError("site_sign.void");
  const [area] = await selectKeyAreas(ctx.db, { keyAreaId: sign.key_area_id });
  const { validity } = area!;
  const nowMs = ctx.clock.nowMs();
  return {
    keyAreaId: area!.key_area_id,
    name: area!.name,
    kind: area!.kind,
    regime: area!.regime,
    region: area!.region_code,
    regionName: area!.region_name,
    address: area!.address,
    floor: sign.floor,
    policy: area!.policy,
    isInForce: isKeyAreaInForce(validity, nowMs),
    isOpenToPublic: isOpenToPublic(validity, nowMs),
    forbiddenPeriod: forbiddenPeriod(validity, nowMs)?.name ?? null,
  };
}

export function siteSignOf(row: SignRow): SiteSign {
  return {
    signCode: row.sign_code,
    floor: row.floor,
    state: row.state,
    madeAt: row.made_at.toISOString(),
    printedAt: row.printed_at?.toISOString() ?? null,
    printCount: row.print_count,
    voidedAt: row.voided_at?.toISOString() ?? null,
    voidReason: row.void_reason,
  };
}
