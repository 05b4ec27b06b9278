import type { RouteObject } from "react-router";

export const statisticsPages: RouteObject[] = [
  {
    path: "/statistics",
    lazy: async () => ({ Component: (await import("./statistics-page.tsx")).StatisticsPage }),
  },
  {
    path: "/statistics/reports",
    lazy: async () => ({ Component: (await import("./reports-page.tsx")).ReportsPage }),
  },
];
