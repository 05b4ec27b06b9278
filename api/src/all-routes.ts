import { auditRoutes } from "./audit.ts";
import { certificateRoutes } from "./certificates.ts";
import { chipEnrolmentRoutes } from "./chip-enrolment.ts";
import { decisionRoutes } from "./decisions.ts";
import { demoRoutes } from "./demo.ts";
import { liveRoutes } from "./live.ts";
import { machineRoutes } from "./machines.ts";
import { personalDataRoutes } from "./personal-data.ts";
import type { Route } from "./route.ts";
import { sharedDataRoutes } from "./shared-data.ts";
import { sharingRoutes } from "./sharing.ts";
import { signInRoutes } from "./sign-in.ts";
import { workSessionRoutes } from "./work-sessions.ts";

/** Every route of the contract. A new route table is added here; the OpenAPI page and the tests of coverage follow. */
export const allRoutes: readonly Route[] = [
  signInRoutes,
  machineRoutes,
  workSessionRoutes,
  certificateRoutes,
  decisionRoutes,
  liveRoutes,
  chipEnrolmentRoutes,
  demoRoutes,
  personalDataRoutes,
  auditRoutes,
  sharingRoutes,
  sharedDataRoutes,
].flatMap((table) => Object.values<Route>(table));
