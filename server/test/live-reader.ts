import {
  type CellMachine,
  cellAt,
  decodeCellFrame,
  type LiveMachine,
  type LiveMessage,
  type LiveView,
  latitudeOf,
  longitudeOf,
  machineState,
  mercatorX,
  mercatorY,
} from "@hanyouxu/api";
import type { LivePort } from "../src/features/live/live-picture.ts";
import { here } from "./county.ts";

/** The cell in which machines stand unless a test says otherwise. */
export const hereCell = cellAt(mercatorX(here.longitudeDegrees), mercatorY(here.latitudeDegrees));

export function viewOf(view: Partial<LiveView> = {}): LiveView {
  return { type: "view", view: 1, cells: [hereCell], hasAlarms: false, filter: {}, watched: [], ...view };
}

/** What a page makes of what it is told: checks sequence numbers, and keeps the machines of its cells. */
export class LiveReader {
  readonly messages: LiveMessage[] = [];
  /** Every frame as it came. */
  readonly frames: Uint8Array[] = [];
  bufferedBytes = 0;
  isClosed = false;
  readonly #cells = new Map<number, { sequence: number; machines: Map<number, CellMachine> }>();

  readonly send = (message: LiveMessage): void => {
    const before = this.messages.at(-1)?.sequence ?? 0;
    if (message.sequence !== before + 1) throw new Error(`${message.sequence} follows ${before}`);
    this.messages.push(message);
  };

  readonly port: LivePort = {
    sendCell: (bytes) => this.takeFrame(bytes),
    bufferedBytes: () => this.bufferedBytes,
    close: () => {
      this.isClosed = true;
    },
  };

  takeFrame(bytes: Uint8Array): void {
    this.frames.push(bytes);
    const frame = decodeCellFrame(bytes);
    const known = this.#cells.get(frame.cell);
    if (!frame.isSnapshot && known?.sequence !== frame.sequence - 1)
      throw new Error(`of cell ${frame.cell} ${frame.sequence} follows ${known?.sequence}`);
    const machines = new Map(frame.isSnapshot ? [] : known!.machines);
    for (const handle of frame.left) if (!machines.delete(handle)) throw new Error(`${handle} was not there`);
    for (const update of frame.changed)
      machines.set(update.handle, { ...machines.get(update.handle)!, ...update });
    for (const machine of frame.came) machines.set(machine.handle, machine);
    this.#cells.set(frame.cell, { sequence: frame.sequence, machines });
  }

  machines(): (LiveMachine & { cell: number })[] {
    return [...this.#cells].flatMap(([cell, { machines }]) =>
      Array.from(machines.values(), ({ machineId, name, x, y, state, isMobile, currentAmps, alarm }) => ({
        cell,
        id: machineId,
        name,
        longitudeDegrees: longitudeOf(x),
        latitudeDegrees: latitudeOf(y),
        state: machineState.options[state]!,
        isMobile,
        currentAmps,
        alarm: ([null, "notice", "warning", "danger"] as const)[alarm]!,
      })),
    );
  }

  /** The state of each machine, by name. */
  states(): Record<string, string> {
    return Object.fromEntries(this.machines().map(({ name, state }) => [name, state]));
  }

  of<Type extends LiveMessage["type"]>(type: Type): Extract<LiveMessage, { type: Type }>[] {
    return this.messages.filter((message) => message.type === type) as never;
  }
}
