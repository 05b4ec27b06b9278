import { type Enterprise, type EnterpriseDetail, judgeUscc } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { HIDDEN_NAME, maskName, maskPhone } from "../../crypto/mask.ts";
import type { EnterpriseRow } from "./queries.ts";

/** What is odd about a credit code and yet allowed. */
export function warningsOf(uscc: string | null): Enterprise["warnings"] {
  return uscc !== null && judgeUscc(uscc) === "mismatch" ? ["uscc-checksum"] : [];
}

/** An organisation as lists show it. */
export function enterpriseOf(row: EnterpriseRow): Enterprise {
  return {
    enterpriseId: row.enterprise_id,
    name: row.name,
    uscc: row.uscc,
    roles: [
      ...(row.is_welding ? (["welding"] as const) : []),
      ...(row.is_site_owner ? (["site-owner"] as const) : []),
    ],
    type: row.type as Enterprise["type"],
    domain: row.domain as Enterprise["domain"],
    industry: row.industry,
    staffCount: row.staff_count,
    region: row.region_code,
    regionName: row.region_name,
    status: row.status,
    machineCount: row.machine_count,
    welderCount: row.welder_count,
    warnings: warningsOf(row.uscc),
    createdAt: row.created_at.toISOString(),
  };
}

/** The person to turn to, in full. */
export function contactOf(
  ctx: Pick<AppContext, "personalData">,
  row: Pick<EnterpriseRow, "contact_name_ciphertext" | "contact_phone_ciphertext">,
): EnterpriseDetail["contact"] {
  const { contact_name_ciphertext: name, contact_phone_ciphertext: phone } = row;
  return name && phone
    ? { name: ctx.personalData.open("name", name), phone: ctx.personalData.open("phone", phone) }
    : null;
}

/** One organisation with all its data, people's masked, or hidden whole from who may not know them. */
export function enterpriseDetailOf(
  ctx: Pick<AppContext, "personalData">,
  row: EnterpriseRow,
  rights: EnterpriseDetail["rights"],
  isNamed: boolean,
): EnterpriseDetail {
  const contact = contactOf(ctx, row);
  return {
    ...enterpriseOf(row),
    place:
      row.latitude_degrees === null || row.longitude_degrees === null
        ? null
        : { latitudeDegrees: row.latitude_degrees, longitudeDegrees: row.longitude_degrees },
    address: row.address,
    contact:
      contact &&
      (isNamed
        ? { name: maskName(contact.name), phone: maskPhone(contact.phone) }
        : { name: HIDDEN_NAME, phone: HIDDEN_NAME }),
    statusReason: row.status_reason,
    allowsListedOnly: row.allows_listed_only,
    rights,
  };
}
