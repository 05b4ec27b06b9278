import { mapSightOf } from "../live-map/live-map.ts";
import { type Person, sightOf, sightSummary } from "../sign-in/sign-in.ts";
import type { LiveSight } from "./audience.ts";

/** What a person's live connection may tell. */
export function liveSightOf(person: Person): LiveSight {
  const counted = (group: "decisions" | "alarms") =>
    sightSummary(person).sees[group] === "none" ? undefined : sightOf(person, group, "counts");
  return { ...mapSightOf(person), decisions: counted("decisions"), alarmCounts: counted("alarms") };
}
