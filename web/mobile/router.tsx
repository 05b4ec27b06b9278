import { createHashRouter, Navigate } from "react-router";
import { AppShell } from "./app-shell.tsx";
import { PageFailed } from "./page-failed.tsx";
import { SignedInOnly } from "./signed-in-only.tsx";

/** Every screen is its own chunk: the first load carries only what the first screen shows. */
export const router = createHashRouter([
  {
    ErrorBoundary: PageFailed,
    Component: AppShell,
    HydrateFallback: () => null,
    children: [
      {
        path: "/sign-in",
        lazy: async () => ({ Component: (await import("./sign-in/sign-in-page.tsx")).SignInPage }),
      },
      {
        path: "/sign-in/staff",
        lazy: async () => ({ Component: (await import("./sign-in/staff-sign-in-page.tsx")).StaffSignInPage }),
      },
      {
        path: "/demo-inbox",
        lazy: async () => ({ Component: (await import("./demo-inbox/demo-inbox-page.tsx")).DemoInboxPage }),
      },
      {
        path: "/permit-check/:code",
        lazy: async () => ({
          Component: (await import("./permits/permit-check-page.tsx")).PermitCheckPage,
        }),
      },
      {
        path: "/rectification-check/:code",
        lazy: async () => ({
          Component: (await import("./rectification/rectification-check-page.tsx")).RectificationCheckPage,
        }),
      },
      {
        path: "/credit-rules",
        lazy: async () => ({ Component: (await import("./credit/credit-rules-page.tsx")).CreditRulesPage }),
      },
      {
        Component: SignedInOnly,
        children: [
          { path: "/", lazy: async () => ({ Component: (await import("./scan/scan-page.tsx")).ScanPage }) },
          {
            path: "/machine/:code",
            lazy: async () => ({ Component: (await import("./machine/machine-page.tsx")).MachinePage }),
          },
          {
            path: "/machine/:code/place-sign",
            lazy: async () => ({
              Component: (await import("./key-areas/place-sign-page.tsx")).PlaceSignPage,
            }),
          },
          {
            path: "/site/:code",
            lazy: async () => ({ Component: (await import("./key-areas/site-page.tsx")).SitePage }),
          },
          {
            path: "/work/:workSessionId",
            lazy: async () => ({ Component: (await import("./work/work-page.tsx")).WorkPage }),
          },
          {
            path: "/work/:workSessionId/pictures",
            lazy: async () => ({
              Component: (await import("./work/work-pictures-page.tsx")).WorkPicturesPage,
            }),
          },
          {
            path: "/messages",
            lazy: async () => ({ Component: (await import("./messages/messages-page.tsx")).MessagesPage }),
          },
          {
            path: "/messages/:messageId",
            lazy: async () => ({ Component: (await import("./messages/message-page.tsx")).MessagePage }),
          },
          {
            path: "/telling",
            lazy: async () => ({ Component: (await import("./messages/telling-page.tsx")).TellingPage }),
          },
          {
            path: "/duty",
            lazy: async () => ({ Component: (await import("./duty/duty-page.tsx")).DutyPage }),
          },
          {
            path: "/history",
            lazy: async () => ({ Component: (await import("./history/history-page.tsx")).HistoryPage }),
          },
          {
            path: "/history/:workSessionId",
            lazy: async () => ({
              Component: (await import("./history/history-detail-page.tsx")).HistoryDetailPage,
            }),
          },
          {
            path: "/retrofit",
            lazy: async () => ({ Component: (await import("./retrofit/retrofit-page.tsx")).RetrofitPage }),
          },
          {
            path: "/retrofit/:installationId",
            lazy: async () => ({
              Component: (await import("./retrofit/installation-page.tsx")).InstallationPage,
            }),
          },
          {
            path: "/register",
            lazy: async () => ({ Component: (await import("./welders/register-page.tsx")).RegisterPage }),
          },
          {
            path: "/certificates/:certificateId",
            lazy: async () => ({
              Component: (await import("./welders/certificate-form-page.tsx")).CertificateFormPage,
            }),
          },
          {
            path: "/firms/register",
            lazy: async () => ({
              Component: (await import("./firms/register-firm-page.tsx")).RegisterFirmPage,
            }),
          },
          {
            path: "/firms/:enterpriseId",
            lazy: async () => ({ Component: (await import("./firms/firm-page.tsx")).FirmPage }),
          },
          {
            path: "/firms/:enterpriseId/mend",
            lazy: async () => ({
              Component: (await import("./firms/register-firm-page.tsx")).RegisterFirmPage,
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
            path: "/watch/:code",
            lazy: async () => ({ Component: (await import("./fire-watch/site-code-page.tsx")).SiteCodePage }),
          },
          {
            path: "/station-calls",
            lazy: async () => ({
              Component: (await import("./stations/station-calls-page.tsx")).StationCallsPage,
            }),
          },
          {
            path: "/station-calls/:stationCallId",
            lazy: async () => ({
              Component: (await import("./stations/station-call-page.tsx")).StationCallPage,
            }),
          },
          {
            path: "/alarms",
            lazy: async () => ({ Component: (await import("./alarms/alarms-page.tsx")).AlarmsPage }),
          },
          {
            path: "/alarms/:alarmId",
            lazy: async () => ({ Component: (await import("./alarms/alarm-page.tsx")).AlarmPage }),
          },
          {
            path: "/my-alarms",
            lazy: async () => ({ Component: (await import("./alarms/own-alarms-page.tsx")).OwnAlarmsPage }),
          },
          {
            path: "/my-alarms/:alarmId",
            lazy: async () => ({ Component: (await import("./alarms/own-alarm-page.tsx")).OwnAlarmPage }),
          },
          {
            path: "/rectifications",
            lazy: async () => ({
              Component: (await import("./rectification/rectifications-page.tsx")).RectificationsPage,
            }),
          },
          {
            path: "/rectifications/:rectificationId",
            lazy: async () => ({
              Component: (await import("./rectification/rectification-page.tsx")).RectificationPage,
            }),
          },
          {
            path: "/credit",
            lazy: async () => ({ Component: (await import("./credit/own-credit-page.tsx")).OwnCreditPage }),
          },
          {
            path: "/privacy",
            lazy: async () => ({ Component: (await import("./privacy/privacy-page.tsx")).PrivacyPage }),
          },
          { path: "/me", lazy: async () => ({ Component: (await import("./me/me-page.tsx")).MePage }) },
        ],
      },
      { path: "*", element: <Navigate to="/" replace /> },
    ],
  },
]);
