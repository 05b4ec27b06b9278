import {
  bytesToHex,
  chipIdToBytes,
  createMachineCode,
  createSiteSignCode,
  formatMachineCode,
  formatSiteSignCode,
  isAuthenticMachineCode,
  isAuthenticSiteSignCode,
  type MachineCode,
  machineCodeUrl,
  parseMachineCode,
  parseSiteSignCode,
  type SiteSignCode,
  siteSignUrl,
  topicOf,
} from "@hanyouxu/protocol";
import { hmacSha256, sha256 } from "../testing/node-crypto.ts";
import { CHIP, CODE_KEY, OTHER_CHIP } from "./keys.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A kind of code, as its vectors need it. */
interface CodeVectors {
  create(random: () => Uint8Array, mac: ReturnType<typeof hmacSha256>): string;
  format(code: string): string;
  url(publicUrl: string, code: string): string;
  read(text: string): object;
  letters: number;
}

const mac = hmacSha256(CODE_KEY);

/** Machine codes: how each text reads, and whether the platform of the test key made it. */
export function machineCodeCases(): object[] {
  const signCode = createSiteSignCode(() => Uint8Array.from([1, 2, 3, 4, 5, 6]), mac);
  return codeCases(
    {
      create: createMachineCode,
      format: (code) => formatMachineCode(code as MachineCode),
      url: (publicUrl, code) => machineCodeUrl(publicUrl, code as MachineCode),
      read(text) {
        const parsed = parseMachineCode(text);
        return parsed.ok
          ? { code: parsed.value, isAuthentic: isAuthenticMachineCode(parsed.value, mac) }
          : { reason: parsed.reason };
      },
      letters: 16,
    },
    { "the code of a site's sign": signCode },
  );
}

/** Codes of site signs, in the same way. */
export function siteSignCodeCases(): object[] {
  const machineCode = createMachineCode(() => Uint8Array.from([1, 2, 3, 4, 5, 6]), mac);
  return codeCases(
    {
      create: createSiteSignCode,
      format: (code) => formatSiteSignCode(code as SiteSignCode),
      url: (publicUrl, code) => siteSignUrl(publicUrl, code as SiteSignCode),
      read(text) {
        const parsed = parseSiteSignCode(text);
        return parsed.ok
          ? { code: parsed.value, isAuthentic: isAuthenticSiteSignCode(parsed.value, mac) }
          : { reason: parsed.reason };
      },
      letters: 17,
    },
    { "a machine's code": machineCode, "a machine's code behind an S": `S${machineCode}` },
  );
}

function codeCases(
  { create, format, url, read, letters }: CodeVectors,
  foreign: Record<string, string>,
): object[] {
  const foreignMac = hmacSha256(sha256(CODE_KEY));
  const code = create(() => Uint8Array.from([1, 2, 3, 4, 5, 6]), mac);
  const forged = create(() => Uint8Array.from([1, 2, 3, 4, 5, 6]), foreignMac);
  const last = create(() => new Uint8Array(6).fill(255), mac);
  const first = create(() => new Uint8Array(6), mac);
  const slips = Array.from({ length: letters }, (_, at) => {
    const other = ALPHABET[(ALPHABET.indexOf(code[at]!) + 5) % 32]!;
    return [`letter ${at + 1} mistyped`, code.slice(0, at) + other + code.slice(at + 1)];
  });
  const texts: Record<string, string> = {
    bare: code,
    "the lowest id": first,
    "the highest id": last,
    dashed: format(code),
    "lower case": code.toLowerCase(),
    "spaced, with blanks around": `  ${code.replaceAll(/(.{4})/g, "$1 ")}`,
    "O for 0, I and l for 1": code.replaceAll("0", "O").replace("1", "I").replaceAll("1", "l"),
    "a label's URL": url("https://weld.example.cn", code),
    "a label's URL with a query and a fragment": `${url("https://weld.example.cn/", code)}?s=1#a`,
    "a label's URL with a slash behind": `${url("https://weld.example.cn/app", code)}/`,
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
    ...foreign,
  };
  return Object.entries(texts).map(([name, text]) => ({ name, text, ...read(text) }));
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
