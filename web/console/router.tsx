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
              {
                path: "/sharing",
                lazy: async () => ({
                  Component: (await import("./governance/sharing-page.tsx")).SharingPage,
                }),
              },
              {
                path: "/audit",
                lazy: async () => ({ Component: (await import("./governance/audit-page.tsx")).AuditPage }),
              },
              {
                path: "/personal",
                lazy: async () => ({
                  Component: (await import("./governance/personal-page.tsx")).PersonalPage,
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
