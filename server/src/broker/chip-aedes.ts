import { Aedes, type AedesOptions, type Client, type PublishPacket } from "aedes";
import type { BrokerEvent } from "./broker.ts";
import type { FrameGuard } from "./frame-guard.ts";

type Done = (error?: Error) => void;

/** Parts of Aedes 1.2 (pinned) that its types leave out. */
interface ParserOfClient {
  _parser: { parse(bytes: Uint8Array): number };
}
interface EmitterOfBroker {
  mq: { length: number };
}

/**
 * Aedes without its bus for what comes from chips: that goes to the consumer only, from `authorizePublish`, so that it
 * cannot pile up in mqemitter (whose `released→_do→released` recursion over a backlog without a listener ends the
 * process) and never waits for a slow subscriber.
 */
export class ChipAedes extends Aedes {
  constructor(options: AedesOptions) {
    super(options);
    // A listener that is always there and asynchronous keeps that recursion from starting for Aedes's own $SYS messages.
    this.subscribe(
      "#",
      (_packet, done) => void setImmediate(done),
      () => {},
    );
  }

  override publish(packet: PublishPacket, clientOrDone: Client | Done | null, done?: Done): void {
    if (typeof clientOrDone === "function") super.publish(packet, clientOrDone);
    else if (clientOrDone) done?.();
    else super.publish(packet, done ?? (() => {}));
  }

  /** Messages that wait on the bus: only Aedes's own, so more than a few is a fault. */
  get busBacklog(): number {
    return (this as unknown as EmitterOfBroker).mq.length;
  }
}

/**
 * Looks at every byte before the client's parser does, and keeps whatever one client's bytes make it throw from
 * reaching the process.
 */
export function containParser(
  client: Client,
  guard: FrameGuard,
  onFault: (event: BrokerEvent) => void,
): void {
  const { _parser: parser } = client as unknown as ParserOfClient;
  const parse = parser.parse.bind(parser);
  parser.parse = (bytes) => {
    const fault = guard.check(bytes);
    if (fault) {
      onFault(fault);
      return 0;
    }
    try {
      return parse(bytes);
    } catch {
      onFault("protocol-error");
      return 0;
    }
  };
}
