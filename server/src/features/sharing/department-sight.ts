import {
  type DepartmentRights,
  type FieldGroup,
  fieldGroup,
  type SharedResource,
  type SightLevel,
  seesAtLeast,
  sharedFieldNeeds,
} from "@hanyouxu/api";
import { AppError } from "../../errors.ts";

type Fields = Partial<Record<SharedResource, readonly string[] | undefined>>;
/** As stored: a group that is not named is not seen. */
type Rights = Partial<DepartmentRights>;

export const sees = (rights: Rights, group: FieldGroup, level: SightLevel) =>
  seesAtLeast(rights[group] ?? "none", level);

/** Groups of which a department sees counts at least. */
export const groupsCounted = (rights: Rights): FieldGroup[] =>
  fieldGroup.options.filter((group) => sees(rights, group, "counts"));

/** Of a program's fields those that its department may see now. */
export function fieldsSeen(fields: Fields, rights: Rights): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, wanted]) => {
      const resource = name as SharedResource;
      const seen = (wanted ?? []).filter((field) => {
        const { group, level } = sharedFieldNeeds(resource, field);
        return sees(rights, group, level);
      });
      return seen.length > 0 ? [[resource, seen]] : [];
    }),
  );
}

/** @throws AppError api_client.beyond_department, naming the fields */
export function requireFieldsSeen(fields: Fields, rights: Rights): void {
  const seen = fieldsSeen(fields, rights);
  const beyond = Object.entries(fields).flatMap(([name, wanted]) =>
    (wanted ?? [])
      .filter((field) => !seen[name as SharedResource]?.includes(field))
      .map((field) => `${name}.${field}`),
  );
  if (beyond.length > 0) throw new AppError("api_client.beyond_department", { details: { beyond } });
}

/** @throws AppError api_client.beyond_department, naming the groups */
export function requireDepartmentSight(groups: readonly FieldGroup[], rights: Rights): void {
  const beyond = groups.filter((group) => !sees(rights, group, "rows"));
  if (beyond.length > 0) throw new AppError("api_client.beyond_department", { details: { beyond } });
}
