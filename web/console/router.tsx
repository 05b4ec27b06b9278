import { createHashRouter, Navigate } from "react-router";
import { PageFailed } from "./page-failed.tsx";
import { SignedInOnly } from "./signed-in-only.tsx";

/** Every screen is its own chunk; the map's library is loaded with the map only. */
export const router = createHashRouter([
  {
    ErrorBoundary: PageFailed,
    HydrateFallback: () => null,
    children: [
      {
        path: "/sign-in",
        lazy: async () => ({ Component: (await import("./sign-in/sign-in-page.tsx")).SignInPage }),
      },
      {
        Component: SignedInOnly,
        children: [
          {
            lazy: async () => ({ Component: (await import("./layout/console-layout.tsx")).ConsoleLayout }),
            children: [
              { path: "/", lazy: async () => ({ Component: (await import("./map/map-page.tsx")).MapPage }) },
              {
                path: "/machines",
                lazy: async () => ({
                  Component: (await import("./machines/machines-page.tsx")).MachinesPage,
                }),
              },
              {
                path: "/machines/:machineId",
                lazy: async () => ({ Component: (await import("./machines/machine-page.tsx")).MachinePage }),
              },
              {
                path: "/sessions",
                lazy: async () => ({
                  Component: (await import("./sessions/sessions-page.tsx")).SessionsPage,
                }),
              },
              {
                path: "/welders",
                lazy: async () => ({ Component: (await import("./welders/welders-page.tsx")).WeldersPage }),
              },
              {
                path: "/welders/:welderId",
                lazy: async () => ({ Component: (await import("./welders/welder-page.tsx")).WelderPage }),
              },
              {
                path: "/certificate-reviews",
                lazy: async () => ({ Component: (await import("./welders/reviews-page.tsx")).ReviewsPage }),
              },
              {
                path: "/imports",
                lazy: async () => ({ Component: (await import("./imports/imports-page.tsx")).ImportsPage }),
              },
              {
                path: "/imports/:importId",
                lazy: async () => ({ Component: (await import("./imports/import-page.tsx")).ImportPage }),
              },
              {
                path: "/rules",
                lazy: async () => ({ Component: (await import("./law/law-page.tsx")).LawPage }),
              },
              {
                path: "/decisions",
                lazy: async () => ({
                  Component: (await import("./decisions/decisions-page.tsx")).DecisionsPage,
                }),
              },
              {
                path: "/decisions/:decisionId",
                lazy: async () => ({
                  Component: (await import("./decisions/decision-page.tsx")).DecisionPage,
                }),
              },
            ],
          },
        ],
      },
      { path: "*", element: <Navigate to="/" replace /> },
    ],
  },
]);
