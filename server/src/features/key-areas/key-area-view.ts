import type { AreaContact, KeyArea, KeyAreaDetail, KeyAreaVersion } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { maskName, maskPhone } from "../../crypto/mask.ts";
import { centreOf, polygonsOf, squareMetresOf } from "./geometry/measure.ts";
import type { KeyAreaRow, KeyAreaVersionRow } from "./queries.ts";

export function keyAreaOf(row: KeyAreaRow): KeyArea {
  return {
    keyAreaId: row.key_area_id,
    centre: centreOf({
      westDegrees: row.west_degrees,
      southDegrees: row.south_degrees,
      eastDegrees: row.east_degrees,
      northDegrees: row.north_degrees,
    }),
    ...factsOf(row),
  };
}

/** @param sight what of it the reader may see and do */
export function keyAreaDetailOf(
  ctx: Pick<AppContext, "personalData">,
  row: KeyAreaRow,
  sight: { contacts: boolean; mayEdit: boolean },
): KeyAreaDetail {
  return {
    ...keyAreaOf(row),
    ...substanceOf(row),
    contacts: sight.contacts
      ? contactsOf(ctx, row).map(({ name, phone }) => ({ name: maskName(name), phone: maskPhone(phone) }))
      : null,
    mayEdit: sight.mayEdit,
  };
}

export function keyAreaVersionOf(
  { personalData }: Pick<AppContext, "personalData">,
  row: KeyAreaVersionRow,
): KeyAreaVersion {
  return {
    ...factsOf(row),
    ...substanceOf(row),
    changedByName: maskName(personalData.open("name", row.name_ciphertext)),
    reason: row.reason,
  };
}

/** In full. */
export function contactsOf(
  { personalData }: Pick<AppContext, "personalData">,
  { contacts_ciphertext: sealed }: Pick<KeyAreaRow, "contacts_ciphertext">,
): AreaContact[] {
  return sealed ? (JSON.parse(personalData.open("area-contacts", sealed)) as AreaContact[]) : [];
}

function factsOf(row: KeyAreaRow | KeyAreaVersionRow) {
  return {
    name: row.name,
    kind: row.kind,
    regime: row.regime,
    region: row.region_code,
    regionName: row.region_name,
    siteOwnerEnterpriseId: row.site_owner_enterprise_id,
    siteOwnerName: row.site_owner_name,
    address: row.address,
    status: row.status,
    version: row.version,
    floors: row.floors,
    changedAt: row.changed_at.toISOString(),
  };
}

function substanceOf(row: KeyAreaRow | KeyAreaVersionRow) {
  return {
    geometry: row.geometry,
    circle: row.circle,
    squareMetres: Math.round(squareMetresOf(polygonsOf(row.geometry))),
    minHeightMetres: row.min_height_metres,
    maxHeightMetres: row.max_height_metres,
    validity: row.validity,
    policy: row.policy,
  };
}
