import type { MaskedPerson, PersonalFieldName } from "@hanyouxu/api";
import type { PersonId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { maskIdentityNumber, maskName, maskPhone } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { type PersonRow, selectCertificateNumbers, selectPersons } from "./person-queries.ts";
import { unmaskable } from "./unmasking.ts";

/** A person as `viewer` sees him in a list. */
export function maskedPersonOf(
  { personalData }: Pick<AppContext, "personalData">,
  row: PersonRow,
  viewer: Person,
): MaskedPerson {
  const phone = row.phone_ciphertext && personalData.open("phone", row.phone_ciphertext);
  const identity = row.identity_ciphertext && personalData.open("identity-number", row.identity_ciphertext);
  return {
    personId: row.person_id,
    name: maskName(personalData.open("name", row.name_ciphertext)),
    phone: phone && maskPhone(phone),
    identityNumber: identity && maskIdentityNumber(identity),
    roles: row.roles as MaskedPerson["roles"],
    regionName: row.region_name,
    isErased: row.is_erased,
    mayUnmask: unmaskable(viewer, row),
  };
}

/**
 * Fields of one person in full. The audit log keeps who read which and why before anything is shown.
 * @throws AppError person.not_found, personal_data.masked
 */
export async function unmask(
  ctx: Pick<AppContext, "db" | "personalData" | "audit">,
  viewer: Person,
  personId: PersonId,
  { fields, reason }: { fields: readonly PersonalFieldName[]; reason: string },
) {
  const [row] = await selectPersons(ctx.db, { personId });
  if (!row) throw new AppError("person.not_found");
  const allowed = unmaskable(viewer, row);
  if (!fields.every((field) => allowed.includes(field))) {
    throw new AppError("personal_data.masked", { details: { mayUnmask: allowed } });
  }
  await ctx.audit.record(ctx.db, {
    actor: viewer.personId,
    action: "personal_data.read",
    subject: `person:${personId}`,
    details: { fields: [...fields].sort(), reason },
  });
  const { personalData } = ctx;
  const has = (field: PersonalFieldName) => fields.includes(field);
  return {
    ...(has("name") ? { name: personalData.open("name", row.name_ciphertext) } : {}),
    ...(has("phone")
      ? { phone: row.phone_ciphertext && personalData.open("phone", row.phone_ciphertext) }
      : {}),
    ...(has("identity-number")
      ? {
          identityNumber:
            row.identity_ciphertext && personalData.open("identity-number", row.identity_ciphertext),
        }
      : {}),
    ...(has("certificate-number")
      ? {
          certificateNumbers: (await selectCertificateNumbers(ctx.db, personId)).map((sealed) =>
            personalData.open("certificate-number", sealed),
          ),
        }
      : {}),
  };
}
