import type { Wall } from "@hanyouxu/api";

type Filters = Readonly<Record<string, string | undefined>>;

/** The address of the list of what a figure counts, within a region where there is one. */
export function listAddress(list: string, region: string | undefined, filters: Filters = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filters, region })) if (value) search.set(name, value);
  const text = search.toString();
  return text === "" ? `/${list}` : `/${list}?${text}`;
}

/** Where each figure of a wall leads. */
export function wallLinks(wall: Pick<Wall, "day" | "region">, region = wall.region?.code) {
  const to = (list: string, filters?: Filters) => listAddress(list, region, filters);
  const today = { from: wall.day };
  return {
    machinesAtWork: to("machines", { isAtWork: "true" }),
    machines: to("machines"),
    enterprisesAtWork: to("enterprises", { isAtWork: "true" }),
    enterprises: to("enterprises", { role: "welding", status: "active" }),
    weldersAtWork: to("welders", { isAtWork: "true" }),
    welders: to("welders"),
    sessionsToday: to("sessions", today),
    refusedToday: to("decisions", { isGranted: "false", ...today }),
    uncertifiedToday: to("decisions", { isGranted: "false", lacksCertificate: "true", ...today }),
    openAlarms: to("alarms"),
    alarmsOfSeverity: (severity: string) => to("alarms", { severity }),
    alarmsOfKind: (kind: string) => to("alarms", { kind }),
    machinesInside: to("machines", { isInKeyArea: "true" }),
    clearancesOpen: to("clearances", { isOpen: "true" }),
    closedAlarms: (from: string) => to("alarms", { which: "all", handling: "closed", from }),
    machinesOfIndustry: (industry: string) => to("machines", { industry, isAtWork: "true" }),
    certificates: {
      valid: to("welders", { lasts: "long" }),
      within90Days: to("welders", { lasts: "90-days" }),
      within30Days: to("welders", { lasts: "30-days" }),
      expired: to("welders", { state: "lapsed" }),
    },
  };
}

/** The wall itself of a region. */
export function wallAddress(region: string | undefined): string {
  return listAddress("wall", region);
}
