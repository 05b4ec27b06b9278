import type { RouteObject } from "react-router";

/** What is to come, what is unusual, and whom to inspect. */
export const trendPages: RouteObject[] = [
  { path: "/trends", lazy: async () => ({ Component: (await import("./trends-page.tsx")).TrendsPage }) },
];
