import type { RouteObject } from "react-router";

/** Pages of orders to rectify, of credit and of appeals, a chunk each. */
export const rectificationPages: RouteObject[] = [
  {
    path: "/rectifications",
    lazy: async () => ({
      Component: (await import("./rectifications-page.tsx")).RectificationsPage,
    }),
  },
  {
    path: "/rectifications/new",
    lazy: async () => ({
      Component: (await import("./new-rectification-page.tsx")).NewRectificationPage,
    }),
  },
  {
    path: "/rectifications/:rectificationId",
    lazy: async () => ({
      Component: (await import("./rectification-page.tsx")).RectificationPage,
    }),
  },
  {
    path: "/credit",
    lazy: async () => ({
      Component: (await import("../credit/credit-page.tsx")).CreditPage,
    }),
  },
  {
    path: "/credit/rules",
    lazy: async () => ({
      Component: (await import("../credit/credit-rules-page.tsx")).CreditRulesPage,
    }),
  },
  {
    path: "/credit/:holder/:holderId",
    lazy: async () => ({
      Component: (await import("../credit/credit-account-page.tsx")).CreditAccountPage,
    }),
  },
  {
    path: "/appeals",
    lazy: async () => ({
      Component: (await import("../appeals/appeals-page.tsx")).AppealsPage,
    }),
  },
];
