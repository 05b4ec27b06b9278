import { createServer, type Server, type Socket } from "node:net";
import type { Clock, Timer } from "@hanyouxu/protocol";
import type { CountBrokerEvent } from "./broker.ts";
import { TokenBucket } from "./token-bucket.ts";

export interface ConnectionGateOptions {
  clock: Clock;
  count: CountBrokerEvent;
  /** A full handshake costs 1.1–1.8 ms of CPU: this bounds what a storm of connections takes from everything else. */
  perSecond: number;
  burst: number;
  /** How many accepted connections may wait for their turn; more are closed at once. */
  maxWaiting: number;
  maxConnections: number;
  admit: (socket: Socket) => void;
}

/** Accepts TCP connections and lets them on to the TLS handshake at a bounded rate, in order. */
export function connectionGate(options: ConnectionGateOptions): Server & { stopWaiting(): void } {
  const { clock, count, admit, maxWaiting } = options;
  const bucket = new TokenBucket(clock, options.perSecond, options.burst);
  const waiting = new Set<Socket>();
  let timer: Timer | undefined;

  function admitWaiting(): void {
    timer = undefined;
    for (const socket of waiting) {
      if (!bucket.tryTake()) break;
      waiting.delete(socket);
      admit(socket);
    }
    if (waiting.size > 0) timer = clock.setTimer(Math.ceil(1000 / options.perSecond), admitWaiting);
  }

  const server = createServer((socket) => {
    // Before TLS takes over nobody else listens; a reset must not be an uncaught error.
    socket.on("error", () => socket.destroy());
    socket.setNoDelay(true);
    if (waiting.size === 0 && bucket.tryTake()) return admit(socket);
    if (waiting.size >= maxWaiting) {
      count("refused-connection-rate");
      socket.destroy();
      return;
    }
    waiting.add(socket);
    socket.once("close", () => waiting.delete(socket));
    timer ??= clock.setTimer(Math.ceil(1000 / options.perSecond), admitWaiting);
  });
  server.maxConnections = options.maxConnections;
  server.on("drop", () => count("refused-connection-rate"));
  return Object.assign(server, {
    stopWaiting() {
      timer?.cancel();
      for (const socket of waiting) socket.destroy();
    },
  });
}
