import { readFileSync } from "node:fs";
import {
  bytesToHex,
  type ChipId,
  checkpointToBeSigned,
  chipIdFromSpki,
  decodeCbor,
  decodeEvent,
  eventHash,
  hexToBytes,
  isAuthenticMachineCode,
  isAuthenticSiteSignCode,
  openCommand,
  openPicture,
  parseMachineCode,
  parseSiteSignCode,
  parseTopic,
} from "@hanyouxu/protocol";
import { describe, expect, test } from "vitest";
import { Cddl } from "../testing/cddl.ts";
import { FRAME_CODECS } from "../testing/frame-codecs.ts";
import { hmacSha256, publicKeyFromSpki, sha256, verifierOf } from "../testing/node-crypto.ts";
import { vectorFiles } from "./vector-files.ts";

const textOf = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
const read = <Content>(name: string): Content => JSON.parse(textOf(name));
const fromHex = (hex: string): Uint8Array => hexToBytes(hex)!;
/** As JSON tells it: byte strings in hex. */
const told = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, item) => (item instanceof Uint8Array ? bytesToHex(item) : item)));
const codecOf = (rule: string) => FRAME_CODECS.find((codec) => codec.rule === rule)!;

const schema = new Cddl(readFileSync(new URL("../hy1.cddl", import.meta.url), "utf8"), decodeCbor);
const keysFile = read<{
  machineCodeKey: string;
  keys: { name: string; spki: string; keyId: string; chipId: ChipId }[];
}>("keys.json");
const keys = keysFile.keys.map((key) => ({
  name: key.name,
  keyId: fromHex(key.keyId),
  publicKey: publicKeyFromSpki(fromHex(key.spki)),
}));

test("the files are what the generator writes", () => {
  const files = vectorFiles(read<Record<string, string>>("signatures.json"));
  for (const [name, text] of files) expect(textOf(name) === text, name).toBe(true);
});

test("a key's id and chip id come from its public key", () => {
  for (const key of keysFile.keys) {
    expect(bytesToHex(sha256(fromHex(key.spki)).subarray(0, 4))).toBe(key.keyId);
    expect(chipIdFromSpki(sha256, fromHex(key.spki))).toBe(key.chipId);
  }
});

describe("valid frames", () => {
  const { cases } = read<{ cases: { name: string; frame: string; hex: string; value: object }[] }>(
    "frames.json",
  );

  test.each(cases)("$frame: $name", ({ frame, hex, value }) => {
    const codec = codecOf(frame);
    const decoded = codec.decode(fromHex(hex));
    if (!decoded.ok) expect.fail(decoded.reason.code);
    expect(told(decoded.value)).toStrictEqual(value);
    expect(bytesToHex(codec.encode(decoded.value))).toBe(hex);
    expect(schema.matches(frame, decodeCbor(fromHex(hex)))).toBe(true);
  });
});

describe("invalid frames", () => {
  const { cases } = read<{ cases: { name: string; frame: string; hex: string; reason: object }[] }>(
    "invalid-frames.json",
  );

  test.each(FRAME_CODECS.map((codec) => codec.rule))("every %s is refused with its reason", (rule) => {
    const ofRule = cases.filter((item) => item.frame === rule);
    expect(ofRule.length).toBeGreaterThan(50);
    for (const { name, hex, reason } of ofRule) {
      expect(codecOf(rule).decode(fromHex(hex)), name).toStrictEqual({ ok: false, reason });
    }
  });
});

describe("signed commands", () => {
  interface Case {
    name: string;
    hex: string;
    opens: { command?: object; reason?: object };
  }
  const file = read<{ trustedKeys: string[]; cases: Case[] }>("commands.json");
  const verifier = verifierOf(keys.filter((key) => file.trustedKeys.includes(key.name)));

  test.each(file.cases)("$name", ({ hex, opens }) => {
    const opened = openCommand(fromHex(hex), verifier);
    expect(opened.ok ? { command: told(opened.value) } : { reason: opened.reason }).toStrictEqual(opens);
    if (opened.ok) expect(schema.matches("signed-command", decodeCbor(fromHex(hex)))).toBe(true);
  });

  test("none opens for a chip that trusts nobody", () => {
    for (const { hex } of file.cases) expect(openCommand(fromHex(hex), verifierOf([])).ok).toBe(false);
  });
});

describe("signed pictures", () => {
  interface Case {
    name: string;
    hex: string;
    opens: { picture?: object; reason?: object };
  }
  const file = read<{ trustedKeys: string[]; cases: Case[] }>("pictures.json");
  const verifier = verifierOf(keys.filter((key) => file.trustedKeys.includes(key.name)));

  test.each(file.cases)("$name", ({ hex, opens }) => {
    const opened = openPicture(fromHex(hex), verifier);
    expect(opened.ok ? { picture: told(opened.value) } : { reason: opened.reason }).toStrictEqual(opens);
    if (opened.ok) expect(schema.matches("signed-picture", decodeCbor(fromHex(hex)))).toBe(true);
  });
});

test("the event chain links, and its checkpoint is signed by the chip's key", () => {
  const file = read<{
    chipId: ChipId;
    chipKey: string;
    genesisHash: string;
    events: { hex: string; hash: string; toBeSigned?: string }[];
  }>("event-chain.json");
  const verifier = verifierOf(keys.filter((key) => key.name === file.chipKey));
  const chipKeyId = keys.find((key) => key.name === file.chipKey)!.keyId;
  let link = file.genesisHash;
  for (const { hex, hash, toBeSigned } of file.events) {
    const decoded = decodeEvent(fromHex(hex));
    if (!decoded.ok) expect.fail(decoded.reason.code);
    const event = decoded.value;
    expect(bytesToHex(event.previousHash)).toBe(link);
    link = bytesToHex(eventHash(sha256, fromHex(hex)));
    expect(link).toBe(hash);
    if (event.kind !== "checkpoint") continue;
    const signed = checkpointToBeSigned(file.chipId, event);
    expect(bytesToHex(signed)).toBe(toBeSigned);
    expect(verifier.verify(-7, chipKeyId, signed, event.data.signature)).toBe(true);
  }
  expect(file.events.some((event) => event.toBeSigned !== undefined)).toBe(true);
});

describe.each([
  { file: "machine-codes.json", letters: 16, parse: parseMachineCode, isAuthentic: isAuthenticMachineCode },
  {
    file: "site-sign-codes.json",
    letters: 17,
    parse: parseSiteSignCode,
    isAuthentic: isAuthenticSiteSignCode,
  },
])("codes of $file", ({ file, letters, parse, isAuthentic }) => {
  interface Case {
    name: string;
    text: string;
    code?: string;
    isAuthentic?: boolean;
    reason?: object;
  }
  const { cases } = read<{ cases: Case[] }>(file);
  const mac = hmacSha256(fromHex(keysFile.machineCodeKey));

  test.each(cases)("$name", (item) => {
    const parsed = parse(item.text);
    if (parsed.ok) {
      const ours = isAuthentic(parsed.value as never, mac);
      expect({ code: parsed.value, isAuthentic: ours }).toStrictEqual({
        code: item.code,
        isAuthentic: item.isAuthentic,
      });
    } else expect(parsed.reason).toStrictEqual(item.reason);
  });

  test("the list has forged codes, slips of every letter and all ways to write one code", () => {
    expect(cases.filter((item) => item.isAuthentic === false)).toHaveLength(1);
    expect(cases.filter((item) => item.name.endsWith("mistyped") && item.reason)).toHaveLength(letters);
    expect(cases.filter((item) => item.isAuthentic).length).toBeGreaterThanOrEqual(9);
  });
});

test("topics read as their chip and channel, all else is refused", () => {
  const { cases } = read<{
    cases: { topic: string; chipId?: string; channel?: string; isRefused?: boolean }[];
  }>("topics.json");
  for (const { topic, chipId, channel, isRefused } of cases) {
    expect(parseTopic(topic), topic).toStrictEqual(isRefused ? undefined : { chipId, channel });
  }
});
