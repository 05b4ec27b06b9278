import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** The server's own Prometheus registry, one per application so that two in one process do not meet. */
export interface Metrics {
  registry: Registry;
  httpRequestSeconds: Histogram<"method" | "route" | "status">;
  httpFailures: Counter<"route">;
  signIns: Counter<"method" | "outcome">;
  smsMessages: Counter<"outcome">;
}

/** @param withProcess also memory, CPU, event loop and open files of this process. */
export function createMetrics({ withProcess = true } = {}): Metrics {
  const registry = new Registry();
  if (withProcess) collectDefaultMetrics({ register: registry, prefix: "hy_" });
  const registers = [registry];
  return {
    registry,
    httpRequestSeconds: new Histogram({
      name: "hy_http_request_seconds",
      help: "Time from the first byte of a request to the end of its answer",
      labelNames: ["method", "route", "status"],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    httpFailures: new Counter({
      name: "hy_http_failures_total",
      help: "Requests that ended in a bug (status 500)",
      labelNames: ["route"],
      registers,
    }),
    signIns: new Counter({
      name: "hy_sign_ins_total",
      help: "Attempts to sign in",
      labelNames: ["method", "outcome"],
      registers,
    }),
    smsMessages: new Counter({
      name: "hy_sms_messages_total",
      help: "Text messages handed to the provider",
      labelNames: ["outcome"],
      registers,
    }),
  };
}
