import fc from "fast-check";
import { expect, test } from "vitest";
import { chipId } from "../testing/arbitraries.ts";
import { parseTopic, topicOf } from "./topics.ts";

const CHANNELS = ["t", "e", "a", "d"] as const;

test("a topic names its chip and channel, in the charset every broker takes", () => {
  fc.assert(
    fc.property(chipId, fc.constantFrom(...CHANNELS), (id, channel) => {
      const topic = topicOf(id, channel);
      expect(topic).toMatch(/^[a-z0-9/]+$/);
      expect(parseTopic(topic)).toStrictEqual({ chipId: id, channel });
    }),
  );
});

test("any other text is no topic of ours", () => {
  const near = fc.tuple(chipId, fc.string({ unit: fc.constantFrom(..."hy1/+#teadz$"), maxLength: 6 }));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        near.map(([id, tail]) => `hy1/${id}${tail}`),
      ),
      (text) => {
        const parsed = parseTopic(text);
        if (parsed) expect(topicOf(parsed.chipId, parsed.channel)).toBe(text);
      },
    ),
    { numRuns: 20_000 },
  );
});

test.each([
  "",
  "hy1",
  "hy1/abcdefghijklmnop",
  "hy1/abcdefghijklmnop/",
  "hy1/abcdefghijklmnop/t/",
  "/hy1/abcdefghijklmnop/t",
  "hy1/abcdefghijklmnop/x",
  "hy1/abcdefghijklmnop/toString",
  "hy1/ABCDEFGHIJKLMNOP/t",
  "hy1/abcdefghijklmno/t",
  "hy1/abcdefghijklmno1/t",
  "hy1/+/t",
  "hy1/#",
  "hy2/abcdefghijklmnop/t",
  "$share/workers/hy1/abcdefghijklmnop/t",
])("%j is refused", (topic) => {
  expect(parseTopic(topic)).toBeUndefined();
});
