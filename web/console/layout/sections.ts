/** Pages of the console that belong together, a tab each. The menu leads to a section's first tab. */
export const SECTIONS = [
  {
    key: "work",
    tabs: [
      { key: "sessions", to: "/sessions" },
      { key: "decisions", to: "/decisions" },
    ],
  },
  {
    key: "governance",
    tabs: [
      { key: "sharing", to: "/sharing" },
      { key: "audit", to: "/audit" },
      { key: "personal", to: "/personal" },
    ],
  },
] as const;

/** The section that a page belongs to; undefined for pages that stand alone. */
export function sectionOf(pathname: string) {
  return SECTIONS.find(({ tabs }) => tabs.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`)));
}
