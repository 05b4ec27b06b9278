import {
  type AlarmSummary,
  type CellFrame,
  type CellMachine,
  encodeCellFrame,
  type LiveMessage,
  machineState,
} from "@hanyouxu/api";
import { VirtualClock } from "@hanyouxu/protocol";
import { expect, test } from "vitest";
import { type LiveLink, LiveSocket, type Socket } from "./live-socket.ts";
import { LiveStore } from "./live-store.ts";

class WireEnd implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  sent: string[] = [];
  isClosed = false;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.isClosed = true;
  }
  say(message: LiveMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  sayCell(frame: Partial<CellFrame>): void {
    const whole = { isSnapshot: false, cell: 5, sequence: 0, left: [], changed: [], came: [], ...frame };
    this.onmessage?.({ data: encodeCellFrame(whole).buffer });
  }
}

const counters = { machines: 2, online: 2, working: 0, refusedToday: 0, alarms: 0 };

const states = Object.fromEntries(machineState.options.map((state) => [state, 0])) as Record<
  (typeof machineState.options)[number],
  number
>;
const [A, B, C] = ["a", "b", "c"].map((letter) => `0198c0de-0000-7000-8000-00000000000${letter}`);

function machine(
  handle: number,
  machineId: string,
  state: (typeof machineState.options)[number],
): CellMachine {
  const index = machineState.options.indexOf(state);
  return {
    handle,
    machineId,
    name: machineId,
    isMobile: false,
    x: 1,
    y: 2,
    state: index,
    alarm: 0,
    currentAmps: null,
  };
}

function message(type: "snapshot" | "delta", sequence: number, changed: string[] = []): LiveMessage {
  return { type, sequence, at: "2026-11-23T03:30:00Z", counters, states, changed };
}

const look = { cells: [5], hasAlarms: false, filter: {}, watched: [] };

function connected() {
  const clock = new VirtualClock(0);
  const wires: WireEnd[] = [];
  const links: LiveLink[] = [];
  const changes: string[][] = [];
  const store = new LiveStore();
  const open = () => {
    const wire = new WireEnd();
    wires.push(wire);
    return wire;
  };
  const live = new LiveSocket(
    { open, clock, random: () => 0.5 },
    store,
    (ids) => changes.push([...ids]),
    (link) => links.push(link),
  );
  live.look(look);
  live.resume();
  wires[0]!.onopen!();
  const shown = () => Array.from(store.view().machines.values(), ({ id, state }) => `${id.at(-1)} ${state}`);
  return { shown, clock, wires, links, changes, store, live };
}

test("what is looked at is said when the connection opens, and its cells follow the platform's answer", () => {
  const { wires, shown, live } = connected();
  expect(wires[0]!.sent).toEqual([JSON.stringify({ type: "view", view: 1, ...look })]);
  wires[0]!.say(message("snapshot", 7));
  wires[0]!.say({ type: "view", sequence: 8, view: 1, machines: 2, isTooMany: false });
  wires[0]!.sayCell({ isSnapshot: true, came: [machine(0, A!, "idle"), machine(1, B!, "idle")] });
  wires[0]!.sayCell({ sequence: 1, changed: [machine(1, B!, "arcing")], came: [machine(2, C!, "idle")] });
  wires[0]!.sayCell({ sequence: 2, left: [0] });
  expect(shown()).toEqual(["b arcing", "c idle"]);
  // With the same filter what is still looked at goes on.
  live.look({ ...look, cells: [5, 6] });
  wires[0]!.say({ type: "view", sequence: 9, view: 2, machines: 2, isTooMany: false });
  expect(shown()).toEqual(["b arcing", "c idle"]);
  live.look({ ...look, filter: { states: "idle" } });
  wires[0]!.say({ type: "view", sequence: 10, view: 3, machines: 1, isTooMany: false });
  expect(shown()).toEqual([]);
});

test("machines that are watched and changed are told with a delta that follows the snapshot", () => {
  const { wires, changes, store } = connected();
  wires[0]!.say(message("snapshot", 7));
  wires[0]!.say(message("delta", 8, [B!]));
  expect(changes.at(-1)).toEqual([B]);
  expect(store.view().at).toBe("2026-11-23T03:30:00Z");
});

test("a snapshot says that alarms may have been missed; alarms are handed on as they were told", () => {
  const clock = new VirtualClock(0);
  const wire = new WireEnd();
  const heard: unknown[] = [];
  const ports = { open: () => wire, clock, random: () => 0.5 };
  const live = new LiveSocket(
    ports,
    new LiveStore(),
    (_ids, alarms, isWhole) => heard.push([alarms, isWhole]),
    () => {},
  );
  live.resume();
  wire.say(message("snapshot", 1));
  const alarms = [{ alarmId: "a", revision: 1 } as AlarmSummary];
  const waiting = { danger: 0, warning: 0, notice: 0 };
  wire.say({ type: "alarms", sequence: 2, at: "2026-11-23T03:30:00Z", alarms, waiting });
  wire.say(message("delta", 3));
  expect(heard).toEqual([
    [[], true],
    [alarms, false],
    [[], false],
  ]);
});

test("after a gap a snapshot is asked for once and later deltas wait for it", () => {
  const { clock, wires, store } = connected();
  wires[0]!.say(message("snapshot", 1));
  wires[0]!.say({ ...message("delta", 3), at: "2026-11-23T03:31:00Z" } as LiveMessage);
  wires[0]!.say(message("delta", 4));
  const resync = JSON.stringify({ type: "resync" });
  expect(wires[0]!.sent.slice(1)).toEqual([resync]);
  expect(store.view().at).toBe("2026-11-23T03:30:00Z");
  // The platform may not have answered: it is asked again.
  clock.advance(2_000);
  wires[0]!.say(message("delta", 5));
  expect(wires[0]!.sent.slice(1)).toEqual([resync, resync]);
  wires[0]!.say(message("snapshot", 6));
  wires[0]!.say({ ...message("delta", 7), at: "2026-11-23T03:32:00Z" } as LiveMessage);
  expect(store.view().at).toBe("2026-11-23T03:32:00Z");
});

test("after a gap in a cell a snapshot is asked for once and its later deltas wait for it", () => {
  const { wires, shown } = connected();
  wires[0]!.say(message("snapshot", 1));
  wires[0]!.say({ type: "view", sequence: 2, view: 1, machines: 1, isTooMany: false });
  wires[0]!.sayCell({ isSnapshot: true, sequence: 4, came: [machine(0, A!, "idle")] });
  wires[0]!.sayCell({ sequence: 6, changed: [machine(0, A!, "arcing")] });
  wires[0]!.sayCell({ sequence: 7, changed: [machine(0, A!, "arcing")] });
  expect(wires[0]!.sent.slice(1)).toEqual([JSON.stringify({ type: "resync" })]);
  expect(shown()).toEqual(["a idle"]);
  wires[0]!.sayCell({ isSnapshot: true, sequence: 7, came: [machine(0, A!, "locked")] });
  wires[0]!.sayCell({ sequence: 8, changed: [machine(0, A!, "energised")] });
  expect(shown()).toEqual(["a energised"]);
});

test("a new connection is told again what is looked at, and begins anew", () => {
  const { clock, wires, shown } = connected();
  wires[0]!.say(message("snapshot", 1));
  wires[0]!.say({ type: "view", sequence: 2, view: 1, machines: 1, isTooMany: false });
  wires[0]!.sayCell({ isSnapshot: true, came: [machine(0, A!, "idle")] });
  wires[0]!.onclose!();
  clock.advance(500);
  wires[1]!.onopen!();
  expect(wires[1]!.sent).toEqual([JSON.stringify({ type: "view", view: 2, ...look })]);
  wires[1]!.say(message("snapshot", 1));
  expect(shown()).toEqual(["a idle"]);
  wires[1]!.say({ type: "view", sequence: 2, view: 2, machines: 0, isTooMany: false });
  expect(shown()).toEqual([]);
});

test("a lost connection is opened again after 1, 2, 4 … 30 seconds times the jitter", () => {
  const { clock, wires, links } = connected();
  const waits: number[] = [];
  for (let round = 0; round < 7; round++) {
    wires.at(-1)!.onclose!();
    const beforeMs = clock.nowMs();
    clock.runNext(beforeMs + 60_000);
    waits.push(clock.nowMs() - beforeMs);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  expect(wires).toHaveLength(8);
  expect(links).toContain("waiting");
});

test("15 seconds of silence count as a lost connection", () => {
  const { clock, wires } = connected();
  wires[0]!.say(message("snapshot", 1));
  clock.advance(14_999);
  expect(wires[0]!.isClosed).toBe(false);
  clock.advance(1);
  expect(wires[0]!.isClosed).toBe(true);
});

test("a paused page holds no connection and opens one when it is seen again", () => {
  const { clock, wires, live, links } = connected();
  live.pause();
  expect(wires[0]!.isClosed).toBe(true);
  clock.advance(120_000);
  expect(wires).toHaveLength(1);
  live.resume();
  expect(wires).toHaveLength(2);
  expect(links.at(-1)).toBe("connecting");
});
