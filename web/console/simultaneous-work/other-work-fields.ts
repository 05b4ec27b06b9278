import type { OtherWorkBody } from "@hanyouxu/api";
import type { TypedPlace } from "../enterprises/place-field.tsx";

/** What the form holds: empty boxes are empty texts, times are the person's own clock's. */
export interface OtherWorkFields {
  kind?: OtherWorkBody["kind"];
  enterpriseId?: string;
  siteOwnerEnterpriseId?: string;
  keyAreaId?: string;
  place: TypedPlace;
  extentMetres: number | null;
  floor: string;
  heightMetres: number | null;
  placeDescription: string;
  plannedFrom: string;
  plannedTo: string;
  contactName: string;
  contactPhone: string;
}

export const emptyFields: OtherWorkFields = {
  place: { latitudeDegrees: null, longitudeDegrees: null },
  extentMetres: 0,
  floor: "",
  heightMetres: null,
  placeDescription: "",
  plannedFrom: "",
  plannedTo: "",
  contactName: "",
  contactPhone: "",
};

/** What was left out the platform names, beside its field. */
export function bodyOf(fields: OtherWorkFields): OtherWorkBody {
  const { latitudeDegrees, longitudeDegrees } = fields.place;
  return {
    kind: fields.kind as OtherWorkBody["kind"],
    enterpriseId: fields.enterpriseId ?? "",
    siteOwnerEnterpriseId: fields.siteOwnerEnterpriseId ?? null,
    keyAreaId: fields.keyAreaId ?? null,
    place:
      latitudeDegrees === null || longitudeDegrees === null ? null : { latitudeDegrees, longitudeDegrees },
    extentMetres: fields.extentMetres ?? 0,
    floor: fields.floor.trim() === "" ? null : fields.floor,
    heightMetres: fields.heightMetres,
    placeDescription: fields.placeDescription,
    plannedFrom: momentOf(fields.plannedFrom),
    plannedTo: momentOf(fields.plannedTo),
    contactName: fields.contactName,
    contactPhone: fields.contactPhone.trim(),
  };
}

const momentOf = (local: string) => (local === "" ? "" : new Date(local).toISOString());
