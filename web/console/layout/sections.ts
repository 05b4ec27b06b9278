/** Pages of the console that belong together, a tab each. The menu leads to a section's first tab. */
export const SECTIONS = [
  {
    key: "work",
    tabs: [
      { key: "sessions", to: "/sessions" },
      { key: "permits", to: "/permits" },
      { key: "decisions", to: "/decisions" },
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
  return SECTIONS.find(({ tabs }) => tabs.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`)));
}
