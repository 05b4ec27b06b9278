/** Pages of the console that belong together, a tab each. The menu leads to a section's first tab. */
export const SECTIONS = [
  {
    key: "alarms",
    tabs: [
      { key: "alarms", to: "/alarms" },
      { key: "alarmSuppressions", to: "/alarms/suppressions" },
      { key: "alarmKinds", to: "/alarms/kinds" },
      { key: "rectifications", to: "/rectifications" },
      { key: "credit", to: "/credit" },
      { key: "appeals", to: "/appeals" },
      { key: "trends", to: "/trends" },
    ],
  },
  {
    key: "work",
    tabs: [
      { key: "sessions", to: "/sessions" },
      { key: "permits", to: "/permits" },
      { key: "decisions", to: "/decisions" },
      { key: "regionOrders", to: "/region-orders" },
    ],
  },
  {
    key: "hotWork",
    tabs: [
      { key: "clearances", to: "/clearances" },
      { key: "sceneReviews", to: "/scene-reviews" },
      { key: "stationCalls", to: "/station-calls" },
      { key: "workConflicts", to: "/work-conflicts" },
      { key: "otherWorks", to: "/other-works" },
    ],
  },
  {
    key: "duty",
    tabs: [
      { key: "fireStations", to: "/fire-stations" },
      { key: "messages", to: "/messages" },
    ],
  },
  {
    key: "register",
    tabs: [
      { key: "welders", to: "/welders" },
      { key: "reviews", to: "/certificate-reviews" },
      { key: "enterprises", to: "/enterprises" },
      { key: "machineModels", to: "/machine-models" },
      { key: "machineTransfers", to: "/machine-transfers" },
      { key: "machineInspections", to: "/machine-inspections" },
      { key: "movement", to: "/movement" },
      { key: "imports", to: "/imports" },
    ],
  },
  {
    key: "keyAreas",
    tabs: [{ key: "keyAreas", to: "/key-areas" }],
  },
  {
    key: "retrofit",
    tabs: [
      { key: "campaigns", to: "/retrofit" },
      { key: "labels", to: "/labels" },
    ],
  },
  {
    key: "governance",
    tabs: [
      { key: "rules", to: "/rules" },
      { key: "regions", to: "/regions" },
      { key: "staff", to: "/staff" },
      { key: "sharing", to: "/sharing" },
      { key: "audit", to: "/audit" },
      { key: "privacy", to: "/personal" },
    ],
  },
] as const;

/** The section that a page belongs to; undefined for pages that stand alone. */
export function sectionOf(pathname: string) {
  return SECTIONS.find(({ tabs }) => tabs.some(({ to }) => isUnder(pathname, to)));
}

/** The address of the section's tab that a page belongs to: where one lies below another, the lower. */
export function tabOf(pathname: string): string | undefined {
  return sectionOf(pathname)
    ?.tabs.map(({ to }): string => to)
    .filter((to) => isUnder(pathname, to))
    .sort((one, other) => other.length - one.length)[0];
}

function isUnder(pathname: string, to: string): boolean {
  return pathname === to || pathname.startsWith(`${to}/`);
}
