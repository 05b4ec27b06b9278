import {
  bytesToHex,
  chipIdToBytes,
  createMachineCode,
  formatMachineCode,
  isAuthenticMachineCode,
  machineCodeUrl,
  parseMachineCode,
  topicOf,
} from "@hanyouxu/protocol";
import { hmacSha256, sha256 } from "../testing/node-crypto.ts";
import { CHIP, CODE_KEY, OTHER_CHIP } from "./keys.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Machine codes: how each text reads, and whether the platform of the test key made it. */
export function machineCodeCases(): object[] {
  const mac = hmacSha256(CODE_KEY);
  const foreign = hmacSha256(sha256(CODE_KEY));
  const code = createMachineCode(() => Uint8Array.from([1, 2, 3, 4, 5, 6]), mac);
  const forged = createMachineCode(() => Uint8Array.from([1, 2, 3, 4, 5, 6]), foreign);
  const last = createMachineCode(() => new Uint8Array(6).fill(255), mac);
  const first = createMachineCode(() => new Uint8Array(6), mac);
  const slips = Array.from({ length: 16 }, (_, at) => {
    const other = ALPHABET[(ALPHABET.indexOf(code[at]!) + 5) % 32]!;
    return [`letter ${at + 1} mistyped`, code.slice(0, at) + other + code.slice(at + 1)];
  });
  const texts: Record<string, string> = {
    bare: code,
    "the lowest id": first,
    "the highest id": last,
    dashed: formatMachineCode(code),
    "lower case": code.toLowerCase(),
    "spaced, with blanks around": `  ${code.replaceAll(/(.{4})/g, "$1 ")}`,
    "O for 0, I and l for 1": code.replaceAll("0", "O").replace("1", "I").replaceAll("1", "l"),
    "a label's URL": machineCodeUrl("https://weld.example.cn", code),
    "a label's URL with a query and a fragment": `${machineCodeUrl("https://weld.example.cn/", code)}?s=1#a`,
    "a label's URL with a slash behind": `${machineCodeUrl("https://weld.example.cn/app", code)}/`,
    "forged: made with another key": forged,
    ...Object.fromEntries(slips),
    "two neighbours swapped": code.slice(0, 3) + code[4]! + code[3]! + code.slice(5),
    "a letter short": code.slice(0, -1),
    "a letter too many": `${code}0`,
    "a letter outside the alphabet": `${code.slice(0, -1)}U`,
    empty: "",
    "somebody else's URL": "https://example.com/",
    "full-width digits": code.replaceAll(/[0-9]/g, (digit) =>
      String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
    ),
    markup: "<script>alert(1)</script>",
    "300 letters and one": "0".repeat(301),
  };
  return Object.entries(texts).map(([name, text]) => {
    const parsed = parseMachineCode(text);
    return parsed.ok
      ? { name, text, code: parsed.value, isAuthentic: isAuthenticMachineCode(parsed.value, mac) }
      : { name, text, reason: parsed.reason };
  });
}

export function topicCases(): object[] {
  return [
    ...[CHIP, OTHER_CHIP].flatMap((chipId) =>
      (["t", "e", "a", "d"] as const).map((channel) => ({
        topic: topicOf(chipId, channel),
        chipId,
        chipIdBytes: bytesToHex(chipIdToBytes(chipId)),
        channel,
      })),
    ),
    ...[
      "",
      "hy1",
      `hy1/${CHIP}`,
      `hy1/${CHIP}/`,
      `hy1/${CHIP}/x`,
      `hy1/${CHIP}/t/`,
      `hy1/${CHIP}/t/t`,
      `/hy1/${CHIP}/t`,
      `hy2/${CHIP}/t`,
      `hy1/${CHIP.toUpperCase()}/t`,
      `hy1/${CHIP.slice(1)}/t`,
      `hy1/${CHIP.slice(1)}1/t`,
      "hy1/+/t",
      "hy1/#",
      `$share/a/hy1/${CHIP}/t`,
    ].map((topic) => ({ topic, isRefused: true })),
  ];
}
