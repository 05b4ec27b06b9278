import type { Welder } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { maskIdentityNumber, maskName, maskPhone } from "../../crypto/mask.ts";
import type { WelderRow } from "./queries.ts";

/** A welder as staff see him: everything personal masked. */
export function shownWelder({ personalData }: Pick<AppContext, "personalData">, row: WelderRow): Welder {
  const phone = row.phone_ciphertext && personalData.open("phone", row.phone_ciphertext);
  const identity = row.identity_ciphertext && personalData.open("identity-number", row.identity_ciphertext);
  return {
    welderId: row.welder_id,
    name: maskName(personalData.open("name", row.name_ciphertext)),
    phone: phone === null ? null : maskPhone(phone),
    identityNumber: identity === null ? null : maskIdentityNumber(identity),
    region: row.region_code,
    regionName: row.region_name,
    status: row.status,
    certificateState: row.certificate_state,
    certificateCount: row.certificate_count,
    validTo: row.valid_to,
    createdAt: row.created_at.toISOString(),
  };
}
