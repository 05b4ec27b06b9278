import type { BrokerFact } from "./conformance-bench.ts";
import { failureFacts } from "./conformance-failure.ts";
import { hostileFacts } from "./conformance-hostile.ts";
import { trafficFacts } from "./conformance-traffic.ts";

export type { BrokerFact, BrokerSetUp, BrokerUnderTest } from "./conformance-bench.ts";

/** Both adapters pass this. The test runner is the caller's: a fact throws when it does not hold. */
export const brokerConformance: readonly BrokerFact[] = [...trafficFacts, ...hostileFacts, ...failureFacts];
