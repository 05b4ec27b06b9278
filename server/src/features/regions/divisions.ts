import { readFileSync } from "node:fs";
import type { RegionCode } from "@hanyouxu/protocol";

/** One region as a source of region codes names it. */
export interface Division {
  code: RegionCode;
  parentCode: RegionCode | null;
  name: string;
}

const file = new URL("./generated/divisions.txt", import.meta.url);

/** All of China down to townships (GB/T 2260, GB/T 10114), parents first, as committed with this program. */
export function bundledDivisions(): Division[] {
  return parseDivisions(readFileSync(file, "utf8"));
}

/**
 * A line a region from province to county, `330723 武义县 001白洋街道 …`: code, name, and the townships with the three
 * digits that they add. Lines that begin with # are remarks.
 * @throws RangeError naming the line that is none
 */
export function parseDivisions(text: string): Division[] {
  return text.split("\n").flatMap((line, index) => {
    if (line === "" || line.startsWith("#")) return [];
    const [code = "", name = "", ...townships] = line.split(" ");
    if (!/^\d{2}(\d{2}(\d{2})?)?$/.test(code) || name === "") {
      throw new RangeError(`line ${index + 1}: not a region code and a name: ${line.slice(0, 40)}`);
    }
    return [
      { code: code as RegionCode, parentCode: parentOf(code), name },
      ...townships.map((township) => {
        if (!/^\d{3}./u.test(township))
          throw new RangeError(`line ${index + 1}: not a township: ${township}`);
        const townshipCode = `${code}${township.slice(0, 3)}` as RegionCode;
        return { code: townshipCode, parentCode: code as RegionCode, name: township.slice(3) };
      }),
    ];
  });
}

/** 330723101 → 330723 → 3307 → 33. */
export function parentOf(code: string): RegionCode | null {
  if (code.length === 2) return null;
  return code.slice(0, code.length === 9 ? 6 : code.length - 2) as RegionCode;
}
