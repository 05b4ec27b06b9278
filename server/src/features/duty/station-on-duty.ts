import type { DutyKind } from "@hanyouxu/api";
import type { PersonId, Position, RegionCode } from "@hanyouxu/protocol";
import { distanceMetres } from "@hanyouxu/rules";
import type { OnDuty } from "./on-duty.ts";
import type { MappedStation } from "./station-map.ts";

export interface StationOnDuty {
  fireStationId: string;
  name: string;
  phone: string;
  regionCode: RegionCode;
  /** From the place; null where that is not known. */
  metres: number | null;
  /** Those qualified for the kind first. */
  personIds: readonly PersonId[];
}

/** A station with those of some people who are on duty there, those qualified for the kind first. */
export function stationOnDuty(
  { fireStationId, name, phone, region, place }: MappedStation,
  people: readonly OnDuty[],
  kind: DutyKind,
  position: Pick<Position, "latitudeDegrees" | "longitudeDegrees"> | null,
): StationOnDuty {
  const own = people.filter((person) => person.fireStationId === fireStationId);
  const isQualified = (person: OnDuty) => Number(person.kinds.includes(kind));
  return {
    fireStationId,
    name,
    phone,
    regionCode: region,
    metres: position && Math.round(distanceMetres(position, place)),
    personIds: own
      .toSorted((left, right) => isQualified(right) - isQualified(left))
      .map(({ personId }) => personId),
  };
}
