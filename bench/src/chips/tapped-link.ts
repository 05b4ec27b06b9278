import type { ChipLink } from "@hanyouxu/chip";
import { createMqttLink } from "@hanyouxu/chip/hosts/node";
import { decodeAnswerFrame, decodeCommandPayload, decodeEvent, parseSign1 } from "@hanyouxu/protocol";
import type { ChipIdentity } from "@hanyouxu/simulator";
import { monotonicMs } from "../worker.ts";

/** When a grant reached a chip, and when its answer and its event left it; monotonic milliseconds. */
export interface ChipTrace {
  grantedAtMs: number;
  answeredAtMs: number;
  energisedAtMs: number;
}

/** The real link over mutual TLS, with a note of the time at either end. */
export class ChipTraces {
  readonly bySession = new Map<string, Partial<ChipTrace>>();
  readonly #sessionOfCommand = new Map<string, string>();
  /** Chips the platform has told how far their events are kept: they are known to it. */
  readonly acknowledged = new Set<string>();

  tappedLink({ keys, enrolment }: ChipIdentity): ChipLink {
    const link = createMqttLink({
      chipId: keys.chipId,
      privateKeyPem: keys.privateKeyPem,
      brokerUrl: enrolment.brokerUrl,
      certificatePem: enrolment.certificatePem,
      caPem: enrolment.caPem,
    });
    return {
      open: (will, listener) =>
        link.open(will, {
          ...listener,
          onDownlink: (bytes) => {
            this.#noteDownlink(keys.chipId, bytes);
            listener.onDownlink(bytes);
          },
        }),
      publish: (channel, bytes) => {
        link.publish(channel, bytes);
        if (channel === "e") this.#noteEvent(bytes);
        if (channel === "a") this.#noteAnswer(bytes);
      },
      close: () => link.close(),
      abort: () => link.abort(),
    };
  }

  #noteDownlink(chipId: string, bytes: Uint8Array): void {
    const atMs = monotonicMs();
    const message = parseSign1(bytes);
    const command = message.ok ? decodeCommandPayload(message.value.payload) : message;
    if (!command.ok) return;
    const { value } = command;
    if (value.kind === "acknowledgement") this.acknowledged.add(chipId);
    if (value.kind !== "grant") return;
    this.bySession.set(value.workSessionId, { grantedAtMs: atMs });
    this.#sessionOfCommand.set(value.commandId, value.workSessionId);
  }

  #noteAnswer(bytes: Uint8Array): void {
    const decoded = decodeAnswerFrame(bytes);
    if (!decoded.ok || decoded.value.kind !== "answer") return;
    const trace = this.bySession.get(this.#sessionOfCommand.get(decoded.value.commandId) ?? "");
    if (trace) trace.answeredAtMs ??= monotonicMs();
  }

  #noteEvent(bytes: Uint8Array): void {
    const decoded = decodeEvent(bytes);
    if (!decoded.ok || decoded.value.kind !== "energised") return;
    const trace = this.bySession.get(decoded.value.data.workSessionId);
    // A chip sends again what is not acknowledged: only the first time counts.
    if (trace) trace.energisedAtMs ??= monotonicMs();
  }
}
