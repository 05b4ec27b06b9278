import type { AlarmSummary, LiveMachine, LiveMessage } from "@hanyouxu/api";
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
}

const counters = { machines: 2, online: 2, working: 0, refusedToday: 0, alarms: 0 };

function machine(id: string, state: LiveMachine["state"]): LiveMachine {
  return {
    id,
    name: id,
    longitudeDegrees: 119.8,
    latitudeDegrees: 28.9,
    state,
    isMobile: false,
    currentAmps: null,
  };
}

function message(type: "snapshot" | "delta", sequence: number, machines: LiveMachine[]): LiveMessage {
  return { type, sequence, at: "2026-11-23T03:30:00Z", machines, counters };
}

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
  live.resume();
  return { clock, wires, links, changes, store, live };
}

test("a delta that follows the snapshot changes only its machines", () => {
  const { wires, store, changes } = connected();
  wires[0]!.say(message("snapshot", 7, [machine("a", "idle"), machine("b", "idle")]));
  wires[0]!.say(message("delta", 8, [machine("b", "arcing")]));
  expect([...store.view().machines.values()].map(({ id, state }) => `${id} ${state}`)).toEqual([
    "a idle",
    "b arcing",
  ]);
  expect(changes.at(-1)).toEqual(["b"]);
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
  wire.say(message("snapshot", 1, []));
  const alarms = [{ alarmId: "a", revision: 1 } as AlarmSummary];
  const waiting = { danger: 0, warning: 0, notice: 0 };
  wire.say({ type: "alarms", sequence: 2, at: "2026-11-23T03:30:00Z", alarms, waiting });
  wire.say(message("delta", 3, []));
  expect(heard).toEqual([
    [[], true],
    [alarms, false],
    [[], false],
  ]);
});

test("after a gap a snapshot is asked for once and later deltas wait for it", () => {
  const { wires, store } = connected();
  wires[0]!.say(message("snapshot", 1, [machine("a", "idle")]));
  wires[0]!.say(message("delta", 3, [machine("a", "arcing")]));
  wires[0]!.say(message("delta", 4, [machine("a", "arcing")]));
  expect(wires[0]!.sent).toEqual([JSON.stringify({ type: "resync" })]);
  expect(store.view().machines.get("a")?.state).toBe("idle");
  wires[0]!.say(message("snapshot", 5, [machine("c", "energised")]));
  wires[0]!.say(message("delta", 6, []));
  expect([...store.view().machines.keys()]).toEqual(["c"]);
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
  wires[0]!.say(message("snapshot", 1, []));
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
