import type { ChipLink, LinkListener } from "@hanyouxu/chip";
import type { Clock, UplinkChannel } from "@hanyouxu/protocol";

/** What the network does to each message, in both directions. Rates are 0–1. */
export interface LinkFaults {
  lossRate: number;
  duplicateRate: number;
  minDelayMs: number;
  /** Messages whose delays differ overtake each other. */
  maxDelayMs: number;
  /** False: no connection can be made. */
  isReachable: boolean;
}

export const NO_FAULTS: LinkFaults = {
  lossRate: 0,
  duplicateRate: 0,
  minDelayMs: 0,
  maxDelayMs: 0,
  isReachable: true,
};

export interface MemoryLinkOptions {
  clock: Clock;
  onUplink(channel: UplinkChannel, bytes: Uint8Array): void;
  /** The connection was made and the chip's topic subscribed. */
  onConnect?(): void;
  /** The connection broke and the broker sends the will. */
  onWill?(will: Uint8Array): void;
  /** Uniform in [0, 1); needed for loss, duplication and reordering. */
  random?(): number;
}

export interface MemoryLink {
  link: ChipLink;
  readonly isUp: boolean;
  /** Alter to disturb what is sent from now on. */
  faults: LinkFaults;
  /** A message from the platform; dropped when there is no connection. */
  deliver(bytes: Uint8Array): void;
  /** Breaks the connection: the chip is told, the will is sent. */
  cut(): void;
}

interface Connection {
  listener: LinkListener;
  will: Uint8Array;
  isUp: boolean;
  isBroken: boolean;
}

/** A chip's connection without a network: on virtual time when `clock` is virtual. */
export function createMemoryLink(options: MemoryLinkOptions): MemoryLink {
  const { clock, random = () => 0 } = options;
  let current: Connection | undefined;
  let faults = NO_FAULTS;

  function carry(connection: Connection, arrive: () => void): void {
    if (random() < faults.lossRate) return;
    const copies = random() < faults.duplicateRate ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) after(connection, delayMs(), arrive);
  }

  /** What is on its way when the connection breaks is lost; a goodbye lets it arrive. */
  function after(connection: Connection, waitMs: number, run: () => void): void {
    clock.setTimer(waitMs, () => {
      if (!connection.isBroken) run();
    });
  }

  function delayMs(): number {
    return faults.minDelayMs + Math.floor(random() * (faults.maxDelayMs - faults.minDelayMs + 1));
  }

  function drop(): Connection | undefined {
    const dropped = current;
    current = undefined;
    if (dropped) dropped.isBroken = true;
    if (dropped?.isUp) options.onWill?.(dropped.will);
    return dropped;
  }

  return {
    link: {
      open(will, listener) {
        drop();
        const connection: Connection = { listener, will, isUp: false, isBroken: false };
        current = connection;
        after(connection, delayMs(), () => {
          if (current !== connection) return;
          if (!faults.isReachable) {
            drop();
            listener.onDown();
            return;
          }
          connection.isUp = true;
          options.onConnect?.();
          listener.onUp();
        });
      },
      publish(channel, bytes) {
        if (current?.isUp) carry(current, () => options.onUplink(channel, bytes));
      },
      async close() {
        current = undefined;
      },
      abort: drop,
    },
    get isUp() {
      return current?.isUp ?? false;
    },
    get faults() {
      return faults;
    },
    set faults(next) {
      faults = next;
    },
    deliver(bytes) {
      const connection = current;
      if (!connection?.isUp) return;
      carry(connection, () => {
        if (current === connection) connection.listener.onDownlink(bytes);
      });
    },
    cut() {
      drop()?.listener.onDown();
    },
  };
}
