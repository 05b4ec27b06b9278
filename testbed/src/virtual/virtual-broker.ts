import { createMemoryLink, type LinkFaults, type MemoryLink, NO_FAULTS } from "@hanyouxu/chip/testing";
import type { ChipId, Clock } from "@hanyouxu/protocol";
import { type Broker, BrokerUnavailableError, type UplinkMessage } from "@hanyouxu/server";
import type { Stillness } from "./stillness.ts";

export interface VirtualBrokerOptions {
  clock: Clock;
  stillness: Stillness;
  random(): number;
  /** `inside` the server it dies with it; `beside` it keeps what the server has not acknowledged. */
  place: "inside" | "beside";
  /** Telemetry reaches the server in bundles of so long: nobody waits for it, and one commit serves many chips. */
  telemetryEveryMs: number;
  /** The server's promise for the message was kept: it is durable or in quarantine. */
  onConsumed(message: UplinkMessage): void;
  /** The server has handed over a message for a chip, whether or not it arrives. */
  onDownlink(chipId: ChipId, bytes: Uint8Array): void;
}

interface Lane {
  waiting: UplinkMessage[];
  isBusy: boolean;
}

interface Consumer {
  consume(message: UplinkMessage): Promise<void>;
  isStopping: boolean;
}

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;

/** A broker without sockets: memory links to the chips on one side, the server's consumer on the other. */
export class VirtualBroker {
  readonly #options: VirtualBrokerOptions;
  readonly #links = new Map<ChipId, MemoryLink>();
  readonly #lanes = new Map<ChipId, Lane>();
  /** Chips without a way to the broker. */
  readonly #partitioned = new Set<ChipId>();
  /** What the server holds now. */
  readonly #held = new Set<Promise<void>>();
  #bundle: UplinkMessage[] | undefined;
  #server: Consumer | undefined;
  /** The server cannot reach the broker; chips can. */
  isCutOff = false;

  constructor(options: VirtualBrokerOptions) {
    this.#options = options;
  }

  /** The chip's own connection. */
  linkOf(chipId: ChipId): MemoryLink {
    const known = this.#links.get(chipId);
    if (known) return known;
    const link = createMemoryLink({
      clock: this.#options.clock,
      random: this.#options.random,
      onUplink: (channel, payload) => this.#take(chipId, channel, payload),
      onWill: (will) => this.#take(chipId, "a", will),
    });
    this.#links.set(chipId, link);
    if (!this.#isOpen) link.faults = { ...NO_FAULTS, isReachable: false };
    return link;
  }

  /** What one server sees of it. `die` is the server's: nothing it was told counts any more. */
  connect(): Broker & { die(): void } {
    let own: Consumer | undefined;
    const leave = () => {
      if (own && this.#server === own) this.#server = undefined;
      own = undefined;
      this.#held.clear();
      for (const lane of this.#lanes.values()) lane.isBusy = false;
    };
    return {
      start: async (consume) => {
        own = { consume, isStopping: false };
        this.#server = own;
        this.#applyReach();
        for (const chipId of this.#lanes.keys()) this.#pump(chipId);
      },
      publish: async (chipId, payload) => {
        if (!own || this.isCutOff) throw new BrokerUnavailableError("the broker is not connected");
        this.#options.onDownlink(chipId, payload);
        this.linkOf(chipId).deliver(payload);
      },
      isHealthy: () => own !== undefined && !this.isCutOff,
      stop: async () => {
        await this.quiesce();
        leave();
        this.#close();
      },
      die: () => {
        leave();
        this.#close();
      },
    };
  }

  /** Takes the chip's way to the broker away, or gives it back. */
  partition(chipId: ChipId, isPartitioned: boolean): void {
    if (isPartitioned) this.#partitioned.add(chipId);
    else this.#partitioned.delete(chipId);
    this.#applyReach();
  }

  /** Disturbs one chip's connection, or mends it. */
  disturb(chipId: ChipId, faults: Partial<LinkFaults>): void {
    const link = this.linkOf(chipId);
    link.faults = { ...link.faults, ...faults, isReachable: link.faults.isReachable };
  }

  /** Hands nothing more to the server; resolves when it has finished what it holds, which may take virtual time. */
  async quiesce(): Promise<void> {
    if (this.#server) this.#server.isStopping = true;
    await Promise.all(this.#held);
  }

  /** The server can reach it again. */
  reconnect(): void {
    this.isCutOff = false;
    for (const chipId of this.#lanes.keys()) this.#pump(chipId);
  }

  get #isOpen(): boolean {
    return this.#options.place === "beside" || this.#server !== undefined;
  }

  /** A broker inside the server takes its connections and what it held with it. */
  #close(): void {
    if (this.#options.place === "beside") return;
    this.#applyReach();
    this.#lanes.clear();
    this.#bundle = undefined;
  }

  #applyReach(): void {
    for (const [chipId, link] of this.#links) {
      const isReachable = this.#isOpen && !this.#partitioned.has(chipId);
      if (link.faults.isReachable === isReachable) continue;
      link.faults = { ...link.faults, isReachable };
      if (!isReachable) link.cut();
    }
  }

  #take(chipId: ChipId, channel: UplinkMessage["channel"], payload: Uint8Array): void {
    const message = { chipId, channel, payload, receivedAtMs: this.#options.clock.nowMs() };
    if (channel !== "t" || this.#options.telemetryEveryMs === 0) this.#enqueue(message);
    else if (this.#bundle) this.#bundle.push(message);
    else {
      const bundle = [message];
      this.#bundle = bundle;
      this.#options.clock.setTimer(this.#options.telemetryEveryMs, () => {
        if (this.#bundle !== bundle) return;
        this.#bundle = undefined;
        for (const one of bundle) this.#enqueue(one);
      });
    }
  }

  #enqueue(message: UplinkMessage): void {
    const lane = this.#lanes.get(message.chipId) ?? { waiting: [], isBusy: false };
    this.#lanes.set(message.chipId, lane);
    lane.waiting.push(message);
    this.#pump(message.chipId);
  }

  /** In order, one at a time, acknowledged only when the server's promise is kept. */
  #pump(chipId: ChipId, attempt = 0): void {
    const lane = this.#lanes.get(chipId);
    const message = lane?.waiting[0];
    const server = this.#server;
    if (!lane || !message || !server || server.isStopping || lane.isBusy || this.isCutOff) return;
    lane.isBusy = true;
    this.#options.stillness.stir();
    const isCurrent = () => this.#server === server && this.#lanes.get(chipId) === lane;
    const handed = { ...message, receivedAtMs: this.#options.clock.nowMs() };
    const taken = server.consume(handed);
    const settled = taken.then(
      () => {
        this.#options.stillness.stir();
        if (!isCurrent()) return;
        lane.isBusy = false;
        // An acknowledgement that cannot leave is none: the message comes again.
        if (!this.isCutOff) {
          lane.waiting.shift();
          this.#options.onConsumed(handed);
        }
        this.#pump(chipId);
      },
      () => {
        if (!isCurrent()) return;
        const ceilingMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt);
        this.#options.clock.setTimer(ceilingMs * this.#options.random(), () => {
          if (!isCurrent()) return;
          lane.isBusy = false;
          this.#pump(chipId, attempt + 1);
        });
      },
    );
    this.#held.add(settled);
    settled.finally(() => this.#held.delete(settled));
  }
}
