/** One item code of TSG Z6002 as printed on a certificate: `GTAW-FeⅡ-6G-3/159-FefS-02/11/12`. */
export interface TsgCode {
  method: string;
  /** Material class such as `FeⅡ`, Roman numeral as one sign; null when the code has none. */
  materialClass: string | null;
  /** Position such as `6G`; without the mark of a backing such as `(K)`. Null when the code has none. */
  position: string | null;
}

/** What a piece of work demands beyond the method. */
export interface TsgNeeds {
  materialClass?: string;
  position?: string;
}

const numerals: readonly [RegExp, string][] = [
  [/IV$/, "Ⅳ"],
  [/III$/, "Ⅲ"],
  [/II$/, "Ⅱ"],
  [/I$/, "Ⅰ"],
];

/** The codes of one certificate, which prints several joined by `+` or white space. */
export function parseTsgCodes(text: string): TsgCode[] {
  return text
    .split(/[+\s]+/)
    .filter((code) => code !== "")
    .map((code) => {
      const [method, ...rest] = code.split("-");
      const materialClass = rest.map(oneSign).find((part) => /^(Fe|Cu|Ni|Al|Ti)[ⅠⅡⅢⅣ]$/.test(part));
      const position = rest
        .map((part) => part.replace(/\(\w+\)$/, ""))
        .find((part) => /^\d[A-Z]{1,2}$/.test(part));
      return {
        method: method!.toUpperCase(),
        materialClass: materialClass ?? null,
        position: position ?? null,
      };
    });
}

/**
 * Whether one of the certificate's codes is for the method and for everything the work demands. A position or a class
 * answers for itself only: what else an examination covers stands in TSG Z6002, which has not been read by us.
 */
export function tsgCovers(itemId: string, methods: readonly string[], needs: TsgNeeds): boolean {
  return parseTsgCodes(itemId).some(
    (code) =>
      methods.includes(code.method) &&
      (needs.materialClass === undefined || code.materialClass === oneSign(needs.materialClass)) &&
      (needs.position === undefined || code.position === needs.position),
  );
}

/** `FeII` as `FeⅡ`: keyboards write the numeral in letters. */
function oneSign(part: string): string {
  for (const [letters, sign] of numerals) if (letters.test(part)) return part.replace(letters, sign);
  return part;
}
