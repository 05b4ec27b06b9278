import { alarmSuppressionRoutes } from "./alarm-suppressions.ts";
import { alarmRoutes } from "./alarms.ts";
import { appealRoutes } from "./appeals.ts";
import { auditRoutes } from "./audit.ts";
import { cameraRoutes } from "./cameras.ts";
import { certificateReviewRoutes } from "./certificate-reviews.ts";
import { certificateRoutes } from "./certificates.ts";
import { chipEnrolmentRoutes } from "./chip-enrolment.ts";
import { clearanceRoutes } from "./clearances.ts";
import { creditRoutes } from "./credit.ts";
import { decisionRoutes } from "./decisions.ts";
import { demoRoutes } from "./demo.ts";
import { departmentRoutes } from "./departments.ts";
import { deskRoutes } from "./desk.ts";
import { dutyRoutes } from "./duty.ts";
import { enterprisePeopleRoutes } from "./enterprise-people.ts";
import { enterpriseRoutes } from "./enterprises.ts";
import { evidenceRoutes } from "./evidence.ts";
import { exportRoutes } from "./exports.ts";
import { figureSubscriptionRoutes } from "./figure-subscriptions.ts";
import { fireStationRoutes } from "./fire-stations.ts";
import { fireWatchRoutes } from "./fire-watches.ts";
import { gasInspectionRoutes } from "./gas-inspections.ts";
import { hotWorkPermitRoutes } from "./hot-work-permits.ts";
import { importRoutes } from "./imports.ts";
import { installationRoutes } from "./installations.ts";
import { keyAreaImportRoutes } from "./key-area-imports.ts";
import { keyAreaRoutes } from "./key-areas.ts";
import { labelRoutes } from "./labels.ts";
import { lawRoutes } from "./law.ts";
import { lawPackRoutes } from "./law-packs.ts";
import { liveRoutes } from "./live.ts";
import { machineLifeRoutes } from "./machine-life.ts";
import { machineModelRoutes } from "./machine-models.ts";
import { machineRoutes } from "./machines.ts";
import { mapRoutes } from "./map.ts";
import { mapPageRoutes } from "./map-page.ts";
import { messageRoutes } from "./messages.ts";
import { modelPictureRoutes } from "./model-pictures.ts";
import { movementRoutes } from "./movement.ts";
import { notificationRoutes } from "./notifications.ts";
import { ogcFeatureRoutes } from "./ogc-features.ts";
import { otherWorkRoutes } from "./other-works.ts";
import { personalDataRoutes } from "./personal-data.ts";
import { placeRoutes } from "./places.ts";
import { rectificationRoutes } from "./rectifications.ts";
import { regionOrderRoutes } from "./region-orders.ts";
import { regionPolicyRoutes } from "./region-policies.ts";
import { regionRoutes } from "./regions.ts";
import { retrofitRoutes } from "./retrofit.ts";
import type { Route } from "./route.ts";
import { sceneCheckRoutes } from "./scene-checks.ts";
import { sharedDataRoutes } from "./shared-data.ts";
import { sharedStatisticsRoutes } from "./shared-statistics.ts";
import { sharingRoutes } from "./sharing.ts";
import { signInRoutes } from "./sign-in.ts";
import { siteOwnerRoutes } from "./site-owners.ts";
import { siteSignRoutes } from "./site-signs.ts";
import { staffAccountRoutes } from "./staff-accounts.ts";
import { stationCallRoutes } from "./station-calls.ts";
import { statisticsRoutes } from "./statistics.ts";
import { statisticsReportRoutes } from "./statistics-reports.ts";
import { tellingRoutes } from "./telling-preferences.ts";
import { trendRoutes } from "./trends.ts";
import { wallRoutes } from "./wall.ts";
import { welderRoutes } from "./welders.ts";
import { whatIfRoutes } from "./what-if.ts";
import { workConflictRoutes } from "./work-conflicts.ts";
import { workSessionRoutes } from "./work-sessions.ts";

/** Every route of the contract. A new route table is added here; the OpenAPI page and the tests of coverage follow. */
export const allRoutes: readonly Route[] = [
  signInRoutes,
  machineRoutes,
  gasInspectionRoutes,
  cameraRoutes,
  machineModelRoutes,
  modelPictureRoutes,
  machineLifeRoutes,
  workSessionRoutes,
  certificateRoutes,
  certificateReviewRoutes,
  welderRoutes,
  notificationRoutes,
  messageRoutes,
  tellingRoutes,
  decisionRoutes,
  liveRoutes,
  mapRoutes,
  mapPageRoutes,
  lawRoutes,
  chipEnrolmentRoutes,
  labelRoutes,
  retrofitRoutes,
  installationRoutes,
  demoRoutes,
  regionRoutes,
  departmentRoutes,
  staffAccountRoutes,
  enterpriseRoutes,
  enterprisePeopleRoutes,
  siteOwnerRoutes,
  importRoutes,
  exportRoutes,
  personalDataRoutes,
  auditRoutes,
  sharingRoutes,
  sharedDataRoutes,
  movementRoutes,
  placeRoutes,
  fireStationRoutes,
  dutyRoutes,
  fireWatchRoutes,
  hotWorkPermitRoutes,
  keyAreaRoutes,
  evidenceRoutes,
  clearanceRoutes,
  otherWorkRoutes,
  workConflictRoutes,
  sceneCheckRoutes,
  stationCallRoutes,
  siteSignRoutes,
  lawPackRoutes,
  regionPolicyRoutes,
  whatIfRoutes,
  regionOrderRoutes,
  keyAreaImportRoutes,
  ogcFeatureRoutes,
  alarmRoutes,
  alarmSuppressionRoutes,
  rectificationRoutes,
  creditRoutes,
  trendRoutes,
  appealRoutes,
  wallRoutes,
  statisticsRoutes,
  statisticsReportRoutes,
  figureSubscriptionRoutes,
  sharedStatisticsRoutes,
  deskRoutes,
].flatMap((table) => Object.values<Route>(table));
