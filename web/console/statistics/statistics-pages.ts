import type { RouteObject } from "react-router";

export const statisticsPages: RouteObject[] = [
  {
    path: "/statistics",
    lazy: async () => ({ Component: (await import("./statistics-page.tsx")).StatisticsPage }),
  },
];
