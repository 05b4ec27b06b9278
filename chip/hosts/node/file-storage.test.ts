import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ChipStorage,
  createChipState,
  type Snapshot,
  type StoredEvent,
  snapshotOf,
} from "@hanyouxu/chip";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryStorage, openFileStorage } from "./file-storage.ts";

function snapshot(lastSeq: number, acknowledgedSeq: number): Snapshot {
  const base = snapshotOf(createChipState());
  return {
    ...base,
    boot: 1,
    chain: { ...base.chain, lastSeq },
    acknowledged: { boot: 1, seq: acknowledgedSeq },
  };
}

function event(seq: number, length = 100): StoredEvent {
  return { boot: 1, seq, bytes: new Uint8Array(length).fill(seq & 255) };
}

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "chip-storage-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe.each<[string, () => (dir: string) => ChipStorage]>([
  ["in a file", () => openFileStorage],
  [
    "in memory",
    () => {
      const storage = createMemoryStorage();
      return () => storage;
    },
  ],
])("a chip's storage %s", (_name, makeOpen) => {
  it("is empty at first, and gives back what was persisted last", () => {
    const open = makeOpen();
    const storage = open(dir);
    expect(storage.load()).toBeNull();
    storage.persist([event(1), event(2)], snapshot(2, 0));
    storage.persist([event(3)], snapshot(3, 0));
    storage.close();
    expect(open(dir).load()).toEqual({ snapshot: snapshot(3, 0), events: [event(1), event(2), event(3)] });
  });

  it("lets go of what was acknowledged, and of nothing else", () => {
    const open = makeOpen();
    const storage = open(dir);
    storage.persist([event(1), event(2), event(3)], snapshot(3, 0));
    storage.persist([event(4)], snapshot(4, 2));
    storage.close();
    expect(open(dir).load()?.events).toEqual([event(3), event(4)]);
  });
});

describe("a chip's storage in a file", () => {
  it("survives a write torn at every byte with everything that was durable before", () => {
    const storage = openFileStorage(dir);
    storage.persist([event(1)], snapshot(1, 0));
    const path = join(dir, "journal");
    const intact = statSync(path).size;
    storage.persist([event(2)], snapshot(2, 0));
    storage.close();
    const whole = readFileSync(path);
    for (let length = intact; length < whole.length; length += 31) {
      writeFileSync(path, whole.subarray(0, length));
      const opened = openFileStorage(dir);
      expect(opened.load()).toEqual({ snapshot: snapshot(1, 0), events: [event(1)] });
      opened.persist([event(2)], snapshot(2, 0));
      opened.close();
      expect(openFileStorage(dir).load()?.events).toEqual([event(1), event(2)]);
    }
  });

  it("cuts off garbage at its end", () => {
    const storage = openFileStorage(dir);
    storage.persist([event(1)], snapshot(1, 0));
    storage.close();
    appendFileSync(join(dir, "journal"), Buffer.alloc(512));
    expect(openFileStorage(dir).load()?.events).toEqual([event(1)]);
  });

  it("does not start on an older state when the middle is damaged", () => {
    const storage = openFileStorage(dir);
    for (let seq = 1; seq <= 3; seq++) storage.persist([event(seq)], snapshot(seq, 0));
    storage.close();
    const path = join(dir, "journal");
    const bytes = readFileSync(path);
    bytes[20]! ^= 1;
    writeFileSync(path, bytes);
    expect(() => openFileStorage(dir)).toThrow(/damaged/);
  });

  it("stays small however much goes through it, and ignores a rewrite that was cut short", () => {
    let storage = openFileStorage(dir);
    for (let seq = 1; seq <= 400; seq++) storage.persist([event(seq, 3_000)], snapshot(seq, seq - 5));
    expect(statSync(join(dir, "journal")).size).toBeLessThan(400_000);
    storage.close();
    writeFileSync(join(dir, "journal.new"), "half a");
    storage = openFileStorage(dir);
    expect(storage.load()?.events.map(({ seq }) => seq)).toEqual([396, 397, 398, 399, 400]);
    storage.close();
  });

  it("refuses to go on when closed", () => {
    const storage = openFileStorage(dir);
    storage.close();
    expect(() => storage.persist([], snapshot(0, 0))).toThrow(/closed/);
    truncateSync(join(dir, "journal"));
    expect(openFileStorage(dir).load()).toBeNull();
  });
});

describe("a chip's storage under kill -9", () => {
  it("holds everything whose persist had returned", async () => {
    const program = `
      import { openFileStorage } from ${JSON.stringify(new URL("./file-storage.ts", import.meta.url).href)};
      const storage = openFileStorage(${JSON.stringify(dir)});
      const base = ${JSON.stringify(snapshot(0, 0))};
      const first = (storage.load()?.snapshot.chain.lastSeq ?? 0) + 1;
      for (let seq = first; ; seq++) {
        const chain = { ...base.chain, lastSeq: seq };
        const acknowledged = { boot: 1, seq: Math.max(0, seq - 20) };
        storage.persist([{ boot: 1, seq, bytes: new Uint8Array(3000) }], { ...base, chain, acknowledged });
        (await import("node:fs")).writeSync(1, seq + "\\n");
      }`;
    let last = 0;
    for (let round = 0; round < 6; round++) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "pipe" });
      let output = "";
      child.stdout.on("data", (chunk) => {
        output += chunk;
        if (output.split("\n").length > 25 + round * 10) child.kill("SIGKILL");
      });
      await once(child, "close");
      const said = Number(output.trimEnd().split("\n").at(-1));
      expect(said).toBeGreaterThan(last);
      const storage = openFileStorage(dir);
      const { snapshot: kept, events } = storage.load()!;
      expect(kept.chain.lastSeq).toBeGreaterThanOrEqual(said);
      expect(kept.chain.lastSeq).toBeLessThanOrEqual(said + 1);
      expect(events.map(({ seq }) => seq)).toEqual(
        Array.from({ length: 20 }, (_, index) => kept.chain.lastSeq - 19 + index),
      );
      storage.close();
      last = kept.chain.lastSeq;
    }
  });
});
