import type { OtherWork } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { maskName, maskPhone } from "../../crypto/mask.ts";
import type { OtherWorkRow } from "./other-work-queries.ts";
import { contactOfWork } from "./work-contacts.ts";

/** @param sight whether its reader may know people there, and may end it */
export function otherWorkOf(
  ctx: Pick<AppContext, "personalData" | "clock">,
  row: OtherWorkRow,
  sight: { isNamed: boolean; mayEnd: boolean },
): OtherWork {
  const status = statusOf(row, ctx.clock.nowMs());
  const contact = sight.isNamed ? contactOfWork(ctx, row) : undefined;
  return {
    otherWorkId: row.other_work_id,
    kind: row.kind,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name,
    siteOwnerEnterpriseId: row.site_owner_enterprise_id,
    siteOwnerName: row.site_owner_name,
    keyAreaId: row.key_area_id,
    keyAreaName: row.key_area_name,
    region: row.region_code,
    regionName: row.region_name,
    place: { latitudeDegrees: row.latitude_degrees, longitudeDegrees: row.longitude_degrees },
    extentMetres: row.extent_metres,
    floor: row.floor,
    heightMetres: row.height_metres,
    placeDescription: row.place_description,
    plannedFrom: row.planned_from.toISOString(),
    plannedTo: row.planned_to.toISOString(),
    contact: contact ? { name: maskName(contact.name), phone: maskPhone(contact.phone) } : null,
    declaredAt: row.declared_at.toISOString(),
    status,
    endedAt: row.ended_at?.toISOString() ?? null,
    endReason: row.end_reason,
    mayEnd: sight.mayEnd && (status === "planned" || status === "going"),
  };
}

function statusOf(row: OtherWorkRow, nowMs: number): OtherWork["status"] {
  if (row.ended_at !== null) return "called-off";
  if (row.planned_to.getTime() <= nowMs) return "ended";
  return row.planned_from.getTime() <= nowMs ? "going" : "planned";
}
