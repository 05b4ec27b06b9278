import { type FieldGroup, type Me, type SightLevel, seesAtLeast } from "@hanyouxu/api";

/** Whether any of the person's roles sees so much of a group; the server decides again on every request. */
export function maySee(me: Me | null | undefined, group: FieldGroup, level: SightLevel = "rows"): boolean {
  return me ? seesAtLeast(me.sees[group], level) : false;
}
