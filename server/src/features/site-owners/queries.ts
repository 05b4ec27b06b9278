import type { EnterpriseId, PersonId, WorkSessionId } from "@hanyouxu/protocol";
import { distanceMetres } from "@hanyouxu/rules";
import type { Kysely } from "kysely";
import type { SiteOwnerState, Tables } from "../../db/tables.ts";

interface Degrees {
  latitudeDegrees: number;
  longitudeDegrees: number;
}

export interface NearbySiteOwner {
  enterpriseId: EnterpriseId;
  name: string;
  address: string | null;
  distanceMetres: number;
}

const METRES_PER_DEGREE = 111_195;

/** Active site owners within reach of a place, the nearest first: a box by the index, then the true distance. */
export async function selectNearby(
  db: Kysely<Tables>,
  at: Degrees,
  withinMetres: number,
  most: number,
): Promise<NearbySiteOwner[]> {
  const halfLatitude = withinMetres / METRES_PER_DEGREE;
  // Meridians come together at the poles, where nobody welds; the bound keeps the box finite.
  const halfLongitude = halfLatitude / Math.max(0.01, Math.cos((at.latitudeDegrees * Math.PI) / 180));
  const rows = await db
    .selectFrom("enterprises")
    .select(["enterprise_id", "name", "address", "latitude_degrees", "longitude_degrees"])
    .where("is_site_owner", "=", true)
    .where("status", "=", "active")
    .where("latitude_degrees", ">=", at.latitudeDegrees - halfLatitude)
    .where("latitude_degrees", "<=", at.latitudeDegrees + halfLatitude)
    .where("longitude_degrees", ">=", at.longitudeDegrees - halfLongitude)
    .where("longitude_degrees", "<=", at.longitudeDegrees + halfLongitude)
    .execute();
  return rows
    .map((row) => ({
      enterpriseId: row.enterprise_id,
      name: row.name,
      address: row.address,
      distanceMetres: distanceMetres(at, {
        latitudeDegrees: row.latitude_degrees!,
        longitudeDegrees: row.longitude_degrees!,
      }),
    }))
    .filter((found) => found.distanceMetres <= withinMetres)
    .sort((a, b) => a.distanceMetres - b.distanceMetres || (a.name < b.name ? -1 : 1))
    .slice(0, most);
}

/** The site owner's answer; false when none is waited for. */
export async function saveAnswer(
  tx: Kysely<Tables>,
  workSessionId: WorkSessionId,
  answer: { state: SiteOwnerState; reason: string | null; by: PersonId; at: Date },
): Promise<boolean> {
  const result = await tx
    .updateTable("work_sessions")
    .set({
      site_owner_state: answer.state,
      site_owner_reason: answer.reason,
      site_owner_answered_by: answer.by,
      site_owner_answered_at: answer.at,
    })
    .where("work_session_id", "=", workSessionId)
    .where("site_owner_state", "=", "named")
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
