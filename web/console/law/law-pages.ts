import type { RouteObject } from "react-router";

/** The pages about the law, each its own chunk. */
export const lawPages: RouteObject[] = [
  {
    path: "/rules",
    lazy: async () => ({ Component: (await import("./law-page.tsx")).LawPage }),
  },
  {
    path: "/rules/all",
    lazy: async () => ({ Component: (await import("./rules-page.tsx")).RulesPage }),
  },
  {
    path: "/rules/hot-work",
    lazy: async () => ({ Component: (await import("./hot-work-page.tsx")).HotWorkPage }),
  },
  {
    path: "/rules/changes",
    lazy: async () => ({ Component: (await import("./changes-page.tsx")).ChangesPage }),
  },
  {
    path: "/rules/policies",
    lazy: async () => ({ Component: (await import("./policies-page.tsx")).PoliciesPage }),
  },
  {
    path: "/rules/what-if",
    lazy: async () => ({ Component: (await import("./what-if-page.tsx")).WhatIfPage }),
  },
  {
    path: "/rules/replay",
    lazy: async () => ({ Component: (await import("./replay-page.tsx")).ReplayPage }),
  },
];
