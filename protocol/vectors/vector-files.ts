import {
  bytesToHex,
  encodeAnswerFrame,
  encodeCommandPayload,
  encodeEvent,
  encodePicture,
  encodeTelemetry,
} from "@hanyouxu/protocol";
import { chainFile } from "./chain-cases.ts";
import { machineCodeCases, siteSignCodeCases, topicCases } from "./code-cases.ts";
import { CHIP_STATE, commandCases, TRUSTED } from "./command-cases.ts";
import { ANSWER_CASES, COMMAND_CASES, EVENT_CASES, PICTURE_CASES, TELEMETRY_CASES } from "./frame-cases.ts";
import { invalidFrames } from "./invalid-cases.ts";
import { KeptSignatures, keysFile } from "./keys.ts";
import { pictureCases } from "./picture-cases.ts";

function encoded<Frame>(
  frame: string,
  cases: Record<string, Frame>,
  encode: (value: Frame) => Uint8Array,
): object[] {
  return Object.entries(cases).map(([name, value]) => ({
    name,
    frame,
    hex: bytesToHex(encode(value)),
    value,
  }));
}

/** Every vector file's text by its name. @param kept signatures made before, by what they sign */
export function vectorFiles(kept: Readonly<Record<string, string>>): Map<string, string> {
  const signatures = new KeptSignatures(kept);
  const files: Record<string, object> = {
    "keys.json": keysFile(),
    "frames.json": {
      note: "Valid frames: hex decodes to value, value encodes to exactly hex. Byte strings in value are hex.",
      cases: [
        ...encoded("telemetry", TELEMETRY_CASES, encodeTelemetry),
        ...encoded("event", EVENT_CASES, encodeEvent),
        ...encoded("answer-frame", ANSWER_CASES, encodeAnswerFrame),
        ...encoded("command", COMMAND_CASES, encodeCommandPayload),
        ...encoded("picture", PICTURE_CASES, encodePicture),
      ],
    },
    "invalid-frames.json": {
      note: "Refused frames. The code of the reason is normative; the field helps whoever looks for the fault.",
      cases: invalidFrames(),
    },
    "commands.json": {
      note: "Signed commands: what opening gives, and what a chip in the given state answers (nothing where left out).",
      trustedKeys: TRUSTED,
      chipState: CHIP_STATE,
      cases: commandCases(signatures),
    },
    "pictures.json": {
      note: "Signed announcements of pictures: what opening with the chip's key gives.",
      trustedKeys: ["chip"],
      externalAad: bytesToHex(new TextEncoder().encode("hy1-picture")),
      cases: pictureCases(signatures),
    },
    "event-chain.json": chainFile(signatures),
    "machine-codes.json": {
      note: "key is keys.json's machineCodeKey: HMAC-SHA256 over the nine id letters in ASCII, its first 30 bits.",
      cases: machineCodeCases(),
    },
    "site-sign-codes.json": {
      note: "As machine-codes.json, with S before the id and `site-sign:` before it in the MAC.",
      cases: siteSignCodeCases(),
    },
    "topics.json": { cases: topicCases() },
  };
  files["signatures.json"] = signatures.used();
  return new Map(Object.entries(files).map(([name, content]) => [name, toText(content)]));
}

/** One case a line: a change shows in a diff as the cases it changes. */
function toText(content: object): string {
  const bytesAsHex = (_key: string, value: unknown): unknown =>
    value instanceof Uint8Array ? bytesToHex(value) : value;
  const lines = Object.entries(content).map(([key, value]) => {
    const isList = Array.isArray(value) && typeof value[0] === "object";
    if (!isList) return `  ${JSON.stringify(key)}: ${JSON.stringify(value, bytesAsHex)}`;
    const items = value.map((item) => `    ${JSON.stringify(item, bytesAsHex)}`);
    return `  ${JSON.stringify(key)}: [\n${items.join(",\n")}\n  ]`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}
