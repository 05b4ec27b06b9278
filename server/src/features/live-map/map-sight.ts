import { type Person, sightOf } from "../sign-in/sign-in.ts";
import type { MapSight } from "./matcher.ts";

/** What a person may see of machines one by one, and where. */
export function mapSightOf(person: Person): MapSight {
  return {
    machines: sightOf(person, "machines"),
    readings: sightOf(person, "readings"),
    alarms: sightOf(person, "alarms"),
    people: sightOf(person, "people"),
  };
}
