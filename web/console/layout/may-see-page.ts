import type { Me, Role } from "@hanyouxu/api";
import { maySee } from "../../ui/may-see.ts";

type Person = Me | null | undefined;

/** What a page shows that not everybody may see; pages that are not named are everybody's. */
const NEEDS: Readonly<Record<string, (me: Person) => boolean>> = {
  "/": (me) => maySee(me, "machines", "counts"),
  "/wall": (me) => maySee(me, "machines", "counts"),
  "/machines": (me) => maySee(me, "machines"),
  "/alarms": (me) => maySee(me, "alarms"),
  "/alarms/suppressions": (me) => maySee(me, "alarms"),
  "/alarms/kinds": (me) => maySee(me, "alarms"),
  "/rectifications": (me) => maySee(me, "alarms"),
  "/credit": (me) => maySee(me, "people") && hasStaffRole(me, ["operator", "regulator", "station-staff"]),
  "/appeals": (me) => maySee(me, "people") && hasStaffRole(me, ["operator", "regulator", "station-staff"]),
  "/statistics": (me) => hasStaffRole(me, ["operator", "regulator", "station-staff"]),
  "/trends": (me) =>
    maySee(me, "alarms") &&
    maySee(me, "sessions") &&
    maySee(me, "decisions") &&
    hasStaffRole(me, ["operator", "regulator", "station-staff"]),
  "/movement": (me) => maySee(me, "machines"),
  "/sessions": (me) => maySee(me, "sessions"),
  "/permits": (me) => maySee(me, "sessions"),
  "/decisions": (me) => maySee(me, "decisions"),
  "/region-orders": (me) =>
    me?.mayCommand === true && hasStaffRole(me, ["operator", "regulator", "station-staff"]),
  "/key-areas": (me) => maySee(me, "keyAreas"),
  "/clearances": (me) => maySee(me, "sessions"),
  "/work-conflicts": (me) => maySee(me, "sessions"),
  "/other-works": (me) => maySee(me, "sessions"),
  "/scene-reviews": (me) => judgesScenes(me),
  "/station-calls": (me) => judgesScenes(me),
  "/fire-stations": (me) =>
    maySee(me, "alarms") && hasStaffRole(me, ["operator", "regulator", "station-staff"]),
  "/messages": (me) => maySee(me, "people") && hasStaffRole(me, ["operator", "regulator", "station-staff"]),
  "/staff": (me) => managesStaff(me),
  "/sharing": (me) => managesStaff(me),
  "/audit": (me) => managesStaff(me) && maySee(me, "people"),
  "/personal": (me) => managesStaff(me) && maySee(me, "people"),
};

/** Whether the menu offers a page to the person; the server refuses the rest all the same. */
export function maySeePage(me: Person, to: string): boolean {
  return NEEDS[to]?.(me) ?? true;
}

/** Staff of a region judge scenes and answer calls; a firm does not judge the place of its own work. */
function judgesScenes(me: Person): boolean {
  return maySee(me, "sessions") && hasStaffRole(me, ["operator", "regulator", "station-staff"]);
}

/** Operators and regulators of a region manage the accounts in it. */
function managesStaff(me: Person): boolean {
  return hasStaffRole(me, ["operator", "regulator"]);
}

function hasStaffRole(me: Person, wanted: readonly Role[]): boolean {
  return me?.roles.some(({ role, enterpriseId }) => enterpriseId === null && wanted.includes(role)) ?? false;
}
