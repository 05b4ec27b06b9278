import {
  createSiteSignCode,
  type KeyAreaId,
  type PersonId,
  type RegionCode,
  type SiteSignCode,
} from "@hanyouxu/protocol";
import {
  defaultKeyAreaPolicy,
  type KeyAreaKind,
  type KeyAreaPolicy,
  type KeyAreaValidity,
  regimeOfKind,
} from "@hanyouxu/rules";
import type { AppContext } from "../src/context.ts";
import { machineCodeMac } from "../src/crypto/machine-code-mac.ts";
import { followKeyAreas } from "../src/features/places/places.ts";
import { here, township } from "./county.ts";

const METRES_PER_DEGREE = 111_195;

/** So many metres east of where tests are. */
export function eastOfHere(metres: number) {
  const perDegree = METRES_PER_DEGREE * Math.cos((here.latitudeDegrees * Math.PI) / 180);
  return { ...here, longitudeDegrees: here.longitudeDegrees + metres / perDegree };
}

export interface NewKeyArea {
  by: PersonId;
  /** Its middle is so many metres east of where tests are. */
  east?: number;
  radiusMetres?: number;
  region?: RegionCode;
  kind?: KeyAreaKind;
  name?: string;
  policy?: Partial<KeyAreaPolicy>;
  until?: string | null;
  times?: Partial<Pick<KeyAreaValidity, "openingHours" | "specialPeriods">>;
}

/** A round key area in the tables, and known to this process. */
export async function buildKeyArea(ctx: AppContext, area: NewKeyArea): Promise<KeyAreaId> {
  const { by, east = 0, radiusMetres = 100, region = township, kind = "hospital", name = "演示医院" } = area;
  const { latitudeDegrees, longitudeDegrees } = eastOfHere(east);
  const keyAreaId = ctx.newId() as KeyAreaId;
  await ctx.db.transaction().execute(async (tx) => {
    const { revision } = await tx
      .updateTable("key_areas_revision")
      .set((expression) => ({ revision: expression("revision", "+", 1) }))
      .returning("revision")
      .executeTakeFirstOrThrow();
    await tx
      .insertInto("key_areas")
      .values({
        key_area_id: keyAreaId,
        region_code: region,
        kind,
        name,
        site_owner_enterprise_id: null,
        contacts_ciphertext: null,
        status: "active",
        version: 1,
        revision,
        west_degrees: longitudeDegrees - 0.01,
        east_degrees: longitudeDegrees + 0.01,
        south_degrees: latitudeDegrees - 0.01,
        north_degrees: latitudeDegrees + 0.01,
      })
      .execute();
    const ring = Array.from({ length: 64 }, (_, index) => {
      const angle = (2 * Math.PI * index) / 64;
      const place = eastOfHere(east + radiusMetres * Math.sin(angle));
      return [place.longitudeDegrees, latitudeDegrees + (radiusMetres * Math.cos(angle)) / METRES_PER_DEGREE];
    });
    await tx
      .insertInto("key_area_versions")
      .values({
        key_area_id: keyAreaId,
        version: 1,
        status: "active",
        region_code: region,
        kind,
        regime: regimeOfKind(kind),
        name,
        site_owner_enterprise_id: null,
        address: null,
        geometry: JSON.stringify({ type: "Polygon", coordinates: [[...ring, ring[0]]] }),
        circle: JSON.stringify({ centre: [longitudeDegrees, latitudeDegrees], radiusMetres }),
        floors: null,
        min_height_metres: null,
        max_height_metres: null,
        validity: JSON.stringify({
          from: null,
          until: area.until ?? null,
          openingHours: [],
          specialPeriods: [],
          ...area.times,
        }),
        policy: JSON.stringify({ ...defaultKeyAreaPolicy(kind), ...area.policy }),
        changed_by: by,
        changed_at: new Date(ctx.clock.nowMs()),
        reason: "演示",
      })
      .execute();
  });
  await followKeyAreas(ctx);
  return keyAreaId;
}

/** A sign of an area in the tables, as it is printed. */
export async function buildSign(
  ctx: AppContext,
  sign: { keyAreaId: KeyAreaId; by: PersonId; floor?: string; isVoid?: boolean },
): Promise<SiteSignCode> {
  const { keyAreaId, by, floor = null, isVoid = false } = sign;
  const signCode = createSiteSignCode(ctx.random, machineCodeMac(ctx.machineCodeKey));
  const at = new Date(ctx.clock.nowMs());
  await ctx.db
    .insertInto("key_area_signs")
    .values({
      sign_code: signCode,
      key_area_id: keyAreaId,
      floor,
      state: isVoid ? "void" : "valid",
      made_at: at,
      made_by: by,
      ...(isVoid ? { voided_at: at, voided_by: by, void_reason: "演示" } : {}),
    })
    .execute();
  return signCode;
}
