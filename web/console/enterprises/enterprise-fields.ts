import type { EnterpriseBody, EnterpriseDetail } from "@hanyouxu/api";
import type { TypedPlace } from "./place-field.tsx";

/** What the form holds: empty boxes are empty texts. */
export interface EnterpriseFields {
  name: string;
  uscc: string;
  roles: EnterpriseBody["roles"];
  type?: EnterpriseBody["type"];
  domain?: EnterpriseBody["domain"];
  industry?: string | null;
  staffCount?: number | null;
  region?: string;
  place: TypedPlace;
  address: string;
  contactName: string;
  contactPhone: string;
}

export const emptyFields: EnterpriseFields = {
  name: "",
  uscc: "",
  roles: ["welding"],
  place: { latitudeDegrees: null, longitudeDegrees: null },
  address: "",
  contactName: "",
  contactPhone: "",
};

export function fieldsOf(enterprise: EnterpriseDetail): EnterpriseFields {
  return {
    name: enterprise.name,
    uscc: enterprise.uscc ?? "",
    roles: enterprise.roles,
    type: enterprise.type,
    domain: enterprise.domain,
    industry: enterprise.industry,
    staffCount: enterprise.staffCount,
    region: enterprise.region,
    place: enterprise.place ?? emptyFields.place,
    address: enterprise.address ?? "",
    contactName: "",
    contactPhone: "",
  };
}

/** A contact is sent when somebody typed one: masked data cannot be sent back. */
export function bodyOf(fields: EnterpriseFields): EnterpriseBody {
  const { latitudeDegrees, longitudeDegrees } = fields.place;
  const contact = { name: fields.contactName.trim(), phone: fields.contactPhone.trim() };
  return {
    name: fields.name,
    uscc: fields.uscc.trim() === "" ? null : fields.uscc,
    roles: fields.roles,
    type: fields.type ?? null,
    domain: fields.domain ?? null,
    industry: fields.industry ?? null,
    staffCount: fields.staffCount ?? null,
    region: fields.region ?? "",
    place:
      latitudeDegrees === null || longitudeDegrees === null ? null : { latitudeDegrees, longitudeDegrees },
    address: fields.address.trim() === "" ? null : fields.address,
    ...(contact.name || contact.phone ? { contact } : {}),
  };
}
