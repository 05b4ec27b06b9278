import type { ChipId } from "@hanyouxu/protocol";
import type { Broker, UplinkMessage } from "../src/broker/broker.ts";

/** The broker's port without a network: keeps what the platform sends and lets a test speak as a chip. */
export class RecordingBroker implements Broker {
  readonly published: { chipId: ChipId; payload: Uint8Array }[] = [];
  healthy = true;
  #onUplink: ((message: UplinkMessage) => Promise<void>) | undefined;

  async start(onUplink: (message: UplinkMessage) => Promise<void>): Promise<void> {
    this.#onUplink = onUplink;
  }

  async publish(chipId: ChipId, payload: Uint8Array): Promise<void> {
    this.published.push({ chipId, payload });
  }

  /** Resolves when the platform has acknowledged the message. */
  async receive(message: UplinkMessage): Promise<void> {
    if (!this.#onUplink) throw new Error("the broker was not started");
    await this.#onUplink(message);
  }

  isHealthy(): boolean {
    return this.healthy;
  }

  async stop(): Promise<void> {
    this.#onUplink = undefined;
  }
}
