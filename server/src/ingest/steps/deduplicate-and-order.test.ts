import { GENESIS_HASH } from "@hanyouxu/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LoadedChip } from "../../features/chips/chips.ts";
import { admit } from "./deduplicate-and-order.ts";

type Cursor = Pick<LoadedChip, "eventBoot" | "eventSeq" | "eventHash" | "gap">;

const hashOf = (boot: number, seq: number) => Uint8Array.from({ length: 16 }, (_, n) => (n ? seq : boot));
const cursorAt = (eventBoot: number, eventSeq: number): Cursor => ({
  eventBoot,
  eventSeq,
  eventHash: eventBoot === 0 ? null : hashOf(eventBoot, eventSeq),
  gap: null,
});
const event = (boot: number, seq: number, previousHash = hashOf(boot, seq - 1)) => ({
  boot,
  seq,
  previousHash,
});

/** What `takeEvent` does to the cursor. */
function take(cursor: Cursor, { boot, seq }: { boot: number; seq: number }): void {
  Object.assign(cursor, { eventBoot: boot, eventSeq: seq, eventHash: hashOf(boot, seq) });
  cursor.gap = null;
}

describe("an event", () => {
  test.each([
    ["the next of the boot", cursorAt(2, 5), event(2, 6), "taken"],
    ["the last again", cursorAt(2, 5), event(2, 5), "duplicate"],
    ["an older one", cursorAt(2, 5), event(2, 1), "duplicate"],
    ["one of a boot before", cursorAt(2, 5), event(1, 9), "duplicate"],
    ["one beyond a gap", cursorAt(2, 5), event(2, 7), "ahead"],
    ["the first of the next boot, linked", cursorAt(2, 5), event(3, 1, hashOf(2, 5)), "taken"],
    ["the first of a later boot, linked", cursorAt(2, 5), event(9, 1, hashOf(2, 5)), "taken"],
    [
      "the first of the next boot, with more of this boot missing",
      cursorAt(2, 5),
      event(3, 1, hashOf(2, 6)),
      "ahead",
    ],
    ["the second of the next boot", cursorAt(2, 5), event(3, 2), "ahead"],
    ["the very first of a chip's life", cursorAt(0, 0), event(1, 1, GENESIS_HASH), "taken"],
    ["the first of boot 2 before anything of boot 1", cursorAt(0, 0), event(2, 1, hashOf(1, 3)), "ahead"],
  ] as const)("that is %s", (_name, cursor, candidate, fate) => {
    expect(admit(structuredClone(cursor), candidate, 0)).toBe(fate);
  });

  test("beyond a gap is taken when it has come four times and for two minutes", () => {
    const cursor = cursorAt(1, 1);
    const fates = [0, 1, 2, 3, 119_999, 120_000].map((atMs) => admit(cursor, event(1, 3), atMs));
    expect(fates).toEqual(["ahead", "ahead", "ahead", "ahead", "ahead", "taken"]);
    const seldom = cursorAt(1, 1);
    expect([0, 120_000, 240_000, 360_000].map((atMs) => admit(seldom, event(1, 3), atMs))).toEqual([
      "ahead",
      "ahead",
      "ahead",
      "taken",
    ]);
  });

  test("farther beyond a gap does not count, a nearer one begins to count anew", () => {
    const cursor = cursorAt(1, 1);
    for (let n = 0; n < 3; n++) admit(cursor, event(1, 4), n);
    expect(cursor.gap).toEqual({ boot: 1, seq: 4, sightings: 3, sinceMs: 0 });
    expect(admit(cursor, event(1, 5), 200_000)).toBe("ahead");
    expect(admit(cursor, event(1, 3), 200_000)).toBe("ahead");
    expect(cursor.gap).toEqual({ boot: 1, seq: 3, sightings: 1, sinceMs: 200_000 });
    expect(admit(cursor, event(1, 4), 400_000)).toBe("ahead");
    expect(admit(cursor, event(1, 2), 400_000)).toBe("taken");
  });
});

test("whatever order and copies events come in, each is taken once and in order while the chip repeats the rest", () => {
  const life = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(life, fc.infiniteStream(fc.nat()), (boots, noise) => {
      const events = boots.flatMap((count, index) =>
        Array.from({ length: count }, (_, n) => {
          const boot = index + 1;
          const before =
            n > 0 ? hashOf(boot, n) : index > 0 ? hashOf(index, boots[index - 1]!) : GENESIS_HASH;
          return event(boot, n + 1, before);
        }),
      );
      const cursor = cursorAt(0, 0);
      const taken: typeof events = [];
      // Each round the chip sends everything not acknowledged, some of it twice, in any order.
      for (let round = 0; taken.length < events.length && round < events.length; round++) {
        const sent = [
          ...events.slice(taken.length),
          ...events.slice(taken.length).filter(() => draw(noise) % 3 === 0),
        ];
        for (const one of shuffled(sent, noise)) {
          // The chip repeats after twenty seconds.
          if (admit(cursor, one, round * 20_000) !== "taken") continue;
          take(cursor, one);
          taken.push(one);
        }
      }
      expect(taken).toEqual(events);
    }),
  );
});

function draw(noise: Iterator<number>): number {
  return noise.next().value as number;
}

function shuffled<Item>(items: Item[], noise: Iterator<number>): Item[] {
  const left = [...items];
  return items.map(() => left.splice(draw(noise) % left.length, 1)[0]!);
}
