import { readFileSync } from "node:fs";
import {
  ANSWER_FRAME_KINDS,
  type CborValue,
  CLOCK_TRUSTS,
  COMMAND_KINDS,
  COMMAND_RESULTS,
  checkpointToBeSigned,
  DE_ENERGISE_REASONS,
  decodeCbor,
  EVENT_KINDS,
  encodeCbor,
  PERIPHERALS,
  PICTURE_PURPOSES,
  RESET_CAUSES,
  signCommand,
  signPicture,
} from "@hanyouxu/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chipId, command, event, picture } from "./testing/arbitraries.ts";
import { Cddl } from "./testing/cddl.ts";
import { FRAME_CODECS } from "./testing/frame-codecs.ts";

const schema = new Cddl(readFileSync(new URL("hy1.cddl", import.meta.url), "utf8"), decodeCbor);
const numbered = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name, number) => [name, number]));

test.each([
  ["clock-trust", CLOCK_TRUSTS],
  ["reset-cause", RESET_CAUSES],
  ["peripheral", PERIPHERALS],
  ["de-energise-reason", DE_ENERGISE_REASONS],
  ["command-result", COMMAND_RESULTS],
  ["picture-purpose", PICTURE_PURPOSES],
])("%s has the code's names and numbers", (rule, names) => {
  expect(schema.enumeration(rule)).toStrictEqual(numbered(names));
});

test.each([
  ["event-body", EVENT_KINDS],
  ["answer-frame", ANSWER_FRAME_KINDS],
  ["command", COMMAND_KINDS],
])("%s has the code's kinds and numbers", (rule, names) => {
  expect(schema.numberedChoices(rule)).toStrictEqual(numbered(names));
});

/** Replaces one item somewhere in a frame by something near it: where schema and decoder may disagree. */
const replaceSomewhere = (items: readonly CborValue[], path: number, item: CborValue): CborValue[] => {
  const index = path % items.length;
  const old = items[index]!;
  if (Array.isArray(old) && old.length > 0 && path % 3 > 0) {
    return items.with(index, replaceSomewhere(old, Math.floor(path / 7), item)) as CborValue[];
  }
  return items.with(
    index,
    typeof old === "number" && typeof item === "number"
      ? Math.min(old + item, Number.MAX_SAFE_INTEGER)
      : item,
  ) as CborValue[];
};
const nearby = fc.oneof(
  fc.constantFrom<CborValue>(null, true, "a", 1, -1, -65_536, 256, 251, 70_000, 4_294_967_295, 1e13),
  fc.uint8Array({ minLength: 7, maxLength: 17 }),
  fc.constant<CborValue>([]),
);

describe.each(FRAME_CODECS)("$rule", ({ rule, arbitrary, encode, decode }) => {
  test("every frame the code writes fits the schema", () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(schema.matches(rule, decodeCbor(encode(value)))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("the code accepts a frame exactly when the schema does", () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(10_000), nearby, (value, path, item) => {
        const items = replaceSomewhere(decodeCbor(encode(value)) as CborValue[], path, item);
        expect(decode(encodeCbor(items)).ok).toBe(schema.matches(rule, items));
      }),
      { numRuns: 5000 },
    );
  });
});

test("a signed command, a signed picture and what a checkpoint signs fit the schema", () => {
  const signer = { algorithm: -7, keyId: new Uint8Array(4), sign: () => new Uint8Array(64) };
  fc.assert(
    fc.property(command, chipId, event, picture, (original, id, checkpoint, shown) => {
      expect(schema.matches("signed-picture", decodeCbor(signPicture(shown, signer)))).toBe(true);
      expect(schema.matches("signed-command", decodeCbor(signCommand(original, signer)))).toBe(true);
      expect(
        schema.matches("checkpoint-to-be-signed", decodeCbor(checkpointToBeSigned(id, checkpoint))),
      ).toBe(true);
    }),
    { numRuns: 300 },
  );
});
