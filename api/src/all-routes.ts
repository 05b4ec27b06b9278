import { certificateRoutes } from "./certificates.ts";
import { chipEnrolmentRoutes } from "./chip-enrolment.ts";
import { decisionRoutes } from "./decisions.ts";
import { demoRoutes } from "./demo.ts";
import { enterprisePeopleRoutes } from "./enterprise-people.ts";
import { enterpriseRoutes } from "./enterprises.ts";
import { liveRoutes } from "./live.ts";
import { machineRoutes } from "./machines.ts";
import type { Route } from "./route.ts";
import { signInRoutes } from "./sign-in.ts";
import { siteOwnerRoutes } from "./site-owners.ts";
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
  enterpriseRoutes,
  enterprisePeopleRoutes,
  siteOwnerRoutes,
].flatMap((table) => Object.values<Route>(table));
