import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** The server's own Prometheus registry, one per application so that two in one process do not meet. */
export interface Metrics {
  registry: Registry;
  httpRequestSeconds: Histogram<"method" | "route" | "status">;
  httpFailures: Counter<"route">;
  signIns: Counter<"method" | "outcome">;
  smsMessages: Counter<"outcome">;
  registryAnswers: Counter<"outcome">;
  brokerEvents: Counter<"event">;
  startSeconds: Histogram<"outcome">;
  decisions: Counter<"outcome">;
  forgedCodes: Counter;
  voidCodes: Counter<"reason">;
  frames: Counter<"channel" | "fate">;
  samples: Counter;
  quarantinedFrames: Counter<"reason">;
  chainBreaks: Counter;
  dangers: Counter<"kind">;
  risingGasMachines: Gauge;
  placeChanges: Counter<"kind">;
  strangeFixes: Counter;
  commandAnswers: Counter<"result">;
  ingestBatchSeconds: Histogram;
  ingestFailures: Counter;
  replyFailures: Counter;
  undeliveredCommands: Counter<"kind">;
  sweepFailures: Counter<"sweep">;
}

/** @param withProcess also memory, CPU, event loop and open files of this process. */
export function createMetrics({ withProcess = true } = {}): Metrics {
  const registry = new Registry();
  if (withProcess) collectDefaultMetrics({ register: registry, prefix: "hy_" });
  const registers = [registry];
  const counter = <const Label extends string = never>(
    name: string,
    help: string,
    labelNames: Label[] = [],
  ) => new Counter<Label>({ name, help, labelNames, registers });
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
    registryAnswers: counter("hy_registry_answers_total", "Answers of the certificate registry", ["outcome"]),
    brokerEvents: counter("hy_broker_events_total", "What the broker's adapter saw, refusals included", [
      "event",
    ]),
    startSeconds: new Histogram({
      name: "hy_start_seconds",
      help: "From the start request to the grant taken by the broker, or to the refusal",
      labelNames: ["outcome"],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2],
      registers,
    }),
    decisions: counter("hy_decisions_total", "Starts decided", ["outcome"]),
    forgedCodes: counter(
      "hy_forged_machine_codes_total",
      "Machine codes shown that this platform did not issue",
    ),
    voidCodes: counter(
      "hy_unusable_machine_codes_total",
      "Labels shown that are void or not on a machine yet",
      ["reason"],
    ),
    frames: counter("hy_frames_total", "Frames from chips by what became of them", ["channel", "fate"]),
    samples: counter("hy_samples_total", "Telemetry samples stored"),
    quarantinedFrames: counter("hy_quarantined_frames_total", "Frames set aside", ["reason"]),
    chainBreaks: counter("hy_event_chain_breaks_total", "Events that do not link to the one before"),
    dangers: counter("hy_dangers_total", "Tamper, gas, bypass and fault reports of chips", ["kind"]),
    risingGasMachines: new Gauge({
      name: "hy_rising_gas_machines",
      help: "Machines around which combustible gas rises towards its warning limit",
      registers,
    }),
    placeChanges: counter(
      "hy_place_changes_total",
      "Machines that entered or left key areas, or are unsure",
      ["kind"],
    ),
    strangeFixes: counter("hy_strange_fixes_total", "Fixes near key areas that were not believed"),
    commandAnswers: counter("hy_command_answers_total", "Answers of chips to commands", ["result"]),
    ingestBatchSeconds: new Histogram({
      name: "hy_ingest_batch_seconds",
      help: "From the start of a batch's transaction to its commit",
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2],
      registers,
    }),
    ingestFailures: counter("hy_ingest_failures_total", "Batches that could not be committed"),
    sweepFailures: counter("hy_sweep_failures_total", "Runs of periodic work that failed", ["sweep"]),
    undeliveredCommands: counter("hy_undelivered_commands_total", "Commands the broker did not take", [
      "kind",
    ]),
    replyFailures: counter("hy_reply_failures_total", "Batches whose chips could not be answered"),
  };
}
