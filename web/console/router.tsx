import { createHashRouter, Navigate } from "react-router";
import { lawPages } from "./law/law-pages.ts";
import { PageFailed } from "./page-failed.tsx";
import { rectificationPages } from "./rectification/rectification-pages.ts";
import { SignedInOnly } from "./signed-in-only.tsx";
import { statisticsPages } from "./statistics/statistics-pages.ts";
import { trendPages } from "./trends/trend-pages.ts";

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
        path: "/invitation/:token",
        lazy: async () => ({
          Component: (await import("./governance/invitation-page.tsx")).InvitationPage,
        }),
      },
      {
        path: "/credit-rules",
        lazy: async () => ({
          Component: (await import("./credit/credit-rules-page.tsx")).PublicCreditRulesPage,
        }),
      },
      {
        Component: SignedInOnly,
        children: [
          {
            path: "/wall",
            lazy: async () => ({ Component: (await import("./wall/wall-page.tsx")).WallPage }),
          },
          {
            lazy: async () => ({ Component: (await import("./layout/console-layout.tsx")).ConsoleLayout }),
            children: [
              { path: "/", lazy: async () => ({ Component: (await import("./map/map-page.tsx")).MapPage }) },
              {
                path: "/alarms",
                lazy: async () => ({ Component: (await import("./alarms/alarms-page.tsx")).AlarmsPage }),
              },
              {
                path: "/alarms/suppressions",
                lazy: async () => ({
                  Component: (await import("./alarms/suppressions-page.tsx")).SuppressionsPage,
                }),
              },
              {
                path: "/alarms/kinds",
                lazy: async () => ({ Component: (await import("./alarms/kinds-page.tsx")).AlarmKindsPage }),
              },
              {
                path: "/alarms/:alarmId",
                lazy: async () => ({ Component: (await import("./alarms/alarm-page.tsx")).AlarmPage }),
              },
              {
                path: "/machines",
                lazy: async () => ({
                  Component: (await import("./machines/machines-page.tsx")).MachinesPage,
                }),
              },
              {
                path: "/machines/new",
                lazy: async () => ({
                  Component: (await import("./machine-life/register-machine-page.tsx")).RegisterMachinePage,
                }),
              },
              {
                path: "/machines/:machineId/edit",
                lazy: async () => ({
                  Component: (await import("./machine-life/edit-machine-page.tsx")).EditMachinePage,
                }),
              },
              {
                path: "/machine-models",
                lazy: async () => ({
                  Component: (await import("./machine-models/models-page.tsx")).ModelsPage,
                }),
              },
              {
                path: "/machine-models/:designation",
                lazy: async () => ({
                  Component: (await import("./machine-models/model-page.tsx")).ModelPage,
                }),
              },
              {
                path: "/machine-transfers",
                lazy: async () => ({
                  Component: (await import("./machine-life/transfers-page.tsx")).TransfersPage,
                }),
              },
              {
                path: "/machine-inspections",
                lazy: async () => ({
                  Component: (await import("./machine-life/inspections-page.tsx")).InspectionsPage,
                }),
              },
              {
                path: "/key-areas",
                lazy: async () => ({
                  Component: (await import("./key-areas/key-areas-page.tsx")).KeyAreasPage,
                }),
              },
              {
                path: "/key-areas/new",
                lazy: async () => ({
                  Component: (await import("./key-areas/key-area-form-page.tsx")).KeyAreaFormPage,
                }),
              },
              {
                path: "/key-areas/import",
                lazy: async () => ({
                  Component: (await import("./key-areas/import-areas-page.tsx")).ImportAreasPage,
                }),
              },
              {
                path: "/key-areas/:keyAreaId",
                lazy: async () => ({
                  Component: (await import("./key-areas/key-area-page.tsx")).KeyAreaPage,
                }),
              },
              {
                path: "/key-areas/:keyAreaId/edit",
                lazy: async () => ({
                  Component: (await import("./key-areas/key-area-form-page.tsx")).KeyAreaFormPage,
                }),
              },
              {
                path: "/movement",
                lazy: async () => ({
                  Component: (await import("./movement/machine-movements-page.tsx")).MachineMovementsPage,
                }),
              },
              {
                path: "/movement/:machineId",
                lazy: async () => ({
                  Component: (await import("./movement/machine-movement-page.tsx")).MachineMovementPage,
                }),
              },
              {
                path: "/movement/welders",
                lazy: async () => ({
                  Component: (await import("./movement/welder-movements-page.tsx")).WelderMovementsPage,
                }),
              },
              {
                path: "/movement/welders/:welderId",
                lazy: async () => ({
                  Component: (await import("./movement/welder-movement-page.tsx")).WelderMovementPage,
                }),
              },
              {
                path: "/machines/:machineId",
                lazy: async () => ({ Component: (await import("./machines/machine-page.tsx")).MachinePage }),
              },
              {
                path: "/fire-stations",
                lazy: async () => ({ Component: (await import("./duty/stations-page.tsx")).StationsPage }),
              },
              {
                path: "/fire-stations/new",
                lazy: async () => ({
                  Component: (await import("./duty/station-form-page.tsx")).StationFormPage,
                }),
              },
              {
                path: "/fire-stations/:fireStationId",
                lazy: async () => ({ Component: (await import("./duty/station-page.tsx")).StationPage }),
              },
              {
                path: "/fire-stations/:fireStationId/edit",
                lazy: async () => ({
                  Component: (await import("./duty/station-form-page.tsx")).StationFormPage,
                }),
              },
              {
                path: "/messages",
                lazy: async () => ({
                  Component: (await import("./messages/messages-page.tsx")).MessagesPage,
                }),
              },
              {
                path: "/telling",
                lazy: async () => ({ Component: (await import("./messages/telling-page.tsx")).TellingPage }),
              },
              {
                path: "/sessions",
                lazy: async () => ({
                  Component: (await import("./sessions/sessions-page.tsx")).SessionsPage,
                }),
              },
              {
                path: "/permits",
                lazy: async () => ({ Component: (await import("./permits/permits-page.tsx")).PermitsPage }),
              },
              {
                path: "/permits/:permitId",
                lazy: async () => ({ Component: (await import("./permits/permit-page.tsx")).PermitPage }),
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
                path: "/clearances",
                lazy: async () => ({
                  Component: (await import("./clearances/clearances-page.tsx")).ClearancesPage,
                }),
              },
              {
                path: "/clearances/:clearanceId",
                lazy: async () => ({
                  Component: (await import("./clearances/clearance-page.tsx")).ClearancePage,
                }),
              },
              {
                path: "/scene-reviews",
                lazy: async () => ({
                  Component: (await import("./clearances/scene-reviews-page.tsx")).SceneReviewsPage,
                }),
              },
              {
                path: "/station-calls",
                lazy: async () => ({
                  Component: (await import("./clearances/station-calls-page.tsx")).StationCallsPage,
                }),
              },
              {
                path: "/work-conflicts",
                lazy: async () => ({
                  Component: (await import("./simultaneous-work/conflicts-page.tsx")).ConflictsPage,
                }),
              },
              {
                path: "/work-conflicts/:workConflictId",
                lazy: async () => ({
                  Component: (await import("./simultaneous-work/conflict-page.tsx")).ConflictPage,
                }),
              },
              {
                path: "/other-works",
                lazy: async () => ({
                  Component: (await import("./simultaneous-work/other-works-page.tsx")).OtherWorksPage,
                }),
              },
              {
                path: "/other-works/new",
                lazy: async () => ({
                  Component: (await import("./simultaneous-work/declare-page.tsx")).DeclarePage,
                }),
              },
              {
                path: "/region-orders",
                lazy: async () => ({
                  Component: (await import("./region-orders/region-orders-page.tsx")).RegionOrdersPage,
                }),
              },
              {
                path: "/region-orders/:regionOrderId",
                lazy: async () => ({
                  Component: (await import("./region-orders/region-order-page.tsx")).RegionOrderPage,
                }),
              },
              ...rectificationPages,
              ...statisticsPages,
              ...trendPages,
              ...lawPages,
              {
                path: "/decisions",
                lazy: async () => ({
                  Component: (await import("./decisions/decisions-page.tsx")).DecisionsPage,
                }),
              },
              {
                path: "/enterprises",
                lazy: async () => ({
                  Component: (await import("./enterprises/enterprises-page.tsx")).EnterprisesPage,
                }),
              },
              {
                path: "/enterprises/new",
                lazy: async () => ({
                  Component: (await import("./enterprises/enterprise-form-page.tsx")).EnterpriseFormPage,
                }),
              },
              {
                path: "/enterprises/:enterpriseId",
                lazy: async () => ({
                  Component: (await import("./enterprises/enterprise-page.tsx")).EnterprisePage,
                }),
              },
              {
                path: "/enterprises/:enterpriseId/edit",
                lazy: async () => ({
                  Component: (await import("./enterprises/enterprise-form-page.tsx")).EnterpriseFormPage,
                }),
              },
              {
                path: "/decisions/:decisionId",
                lazy: async () => ({
                  Component: (await import("./decisions/decision-page.tsx")).DecisionPage,
                }),
              },
              {
                path: "/retrofit",
                lazy: async () => ({
                  Component: (await import("./retrofit/campaigns-page.tsx")).CampaignsPage,
                }),
              },
              {
                path: "/retrofit/:campaignId",
                lazy: async () => ({
                  Component: (await import("./retrofit/campaign-page.tsx")).CampaignPage,
                }),
              },
              {
                path: "/retrofit/installations/:installationId",
                lazy: async () => ({
                  Component: (await import("./retrofit/installation-page.tsx")).InstallationPage,
                }),
              },
              {
                path: "/labels",
                lazy: async () => ({ Component: (await import("./retrofit/labels-page.tsx")).LabelsPage }),
              },
              {
                path: "/regions",
                lazy: async () => ({
                  Component: (await import("./governance/regions-page.tsx")).RegionsPage,
                }),
              },
              {
                path: "/staff",
                lazy: async () => ({ Component: (await import("./governance/staff-page.tsx")).StaffPage }),
              },
              {
                path: "/staff/departments",
                lazy: async () => ({
                  Component: (await import("./governance/departments-page.tsx")).DepartmentsPage,
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
