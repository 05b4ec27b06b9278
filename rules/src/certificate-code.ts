/**
 * One item code of a special-equipment certificate, such as `GTAW-FeⅡ-6G-3/159-FefS-02/11/12`. The grammar follows
 * codes as printed on certificates; the text of TSG Z6002 itself has not been read by us.
 */
export interface CertificateCode {
  /** In one spelling: Roman numerals as single characters, no spaces. */
  code: string;
  method: string;
  /** Null on codes of machine operators, which name no material. */
  materialClass: string | null;
  position: string;
  /** `(K)`: with backing. */
  withBacking: boolean;
  thicknessMillimetres: number | null;
  /** Outside diameter of a pipe; null for plates. */
  diameterMillimetres: number | null;
  filler: string | null;
  /** Two-digit process factors, in the order printed. */
  processFactors: readonly string[];
}

export type CertificateCodeProblem =
  | "empty"
  | "method"
  | "material"
  | "position"
  | "size"
  | "filler"
  | "factors"
  | "surplus";

type Parsed<Value> = { ok: true; value: Value } | { ok: false; reason: CertificateCodeProblem; part: string };

/** EGW, ESW, FRW and SW are examined too; no machine of the platform welds by them. */
const methods = ["SMAW", "OFW", "GTAW", "GMAW", "FCAW", "SAW", "PAW", "EGW", "ESW", "FRW", "SW"];
const material = /^(Fe|Cu|Ni|Al|Ti|Zr)(Ⅰ|Ⅱ|Ⅲ|Ⅳ|Ⅴ)$/;
/** Grooves 1G–6G, fillets 1F–5F and 2FR, tube to plate FG and FRG, studs S; X: downwards. */
const position = /^([1-6]GX?|[1-5]F|2FR|[2456]FG|2FRG|[1-4]S)(\(K\))?$/;
const size = /^(\d{1,3}(?:\.\d)?)(?:\/(\d{1,4}(?:\.\d)?))?$/;
const filler = /^(Fe|Cu|Ni|Al|Ti|Zr)f(S\d?|\d[JX]?)$/;
const factors = /^\d{2}(\/\d{2})*$/;

/** Reads every code of an item field; several stand joined by `+`, `和`, `、`, `；`, a comma or white space. */
export function parseCertificateCodes(text: string): Parsed<readonly CertificateCode[]> {
  const parts = codesIn(text);
  if (parts.length === 0) return { ok: false, reason: "empty", part: "" };
  const codes: CertificateCode[] = [];
  for (const part of parts) {
    const parsed = parseOne(part);
    if (!parsed.ok) return parsed;
    codes.push(parsed.value);
  }
  return { ok: true, value: codes };
}

/** The codes of a certificate that can be read. One that cannot be read says nothing, and counts for nothing. */
export function readableCertificateCodes(text: string): CertificateCode[] {
  return codesIn(text).flatMap((part) => {
    const parsed = parseOne(part);
    return parsed.ok ? [parsed.value] : [];
  });
}

function codesIn(text: string): string[] {
  return unify(text)
    .split(/[+和、;,\s]+/)
    .filter((part) => part !== "");
}

/** Method – material – position – size – filler – factors; what a method does not need is left out when printed. */
function parseOne(code: string): Parsed<CertificateCode> {
  const parts = code.split("-");
  const fail = (reason: CertificateCodeProblem, part = "") => ({ ok: false, reason, part }) as const;
  const method = parts.shift()!.toUpperCase();
  if (!methods.includes(method)) return fail("method", method);
  const materialClass = parts[0] !== undefined && /^[A-Z][a-z]/.test(parts[0]) ? parts.shift()! : null;
  if (materialClass !== null && !material.test(materialClass)) return fail("material", materialClass);
  const place = position.exec(parts[0] ?? "");
  if (!place) return fail("position", parts[0]);
  parts.shift();
  // A person's code tells what he was examined on; a machine operator's tells position and factors only.
  const measured = materialClass === null ? null : size.exec(parts.shift() ?? "");
  if (materialClass !== null && !measured) return fail("size");
  const used = parts[0] !== undefined && /^[A-Z][a-z]f/.test(parts[0]) ? parts.shift()! : null;
  if (used !== null && !filler.test(used)) return fail("filler", used);
  const last = parts.shift();
  if (last !== undefined && !factors.test(last)) return fail("factors", last);
  if (parts.length > 0) return fail("surplus", parts[0]);
  return {
    ok: true,
    value: {
      code,
      method,
      materialClass,
      position: place[1]!,
      withBacking: place[2] !== undefined,
      thicknessMillimetres: measured ? Number(measured[1]) : null,
      diameterMillimetres: measured?.[2] === undefined ? null : Number(measured[2]),
      filler: used,
      processFactors: last?.split("/") ?? [],
    },
  };
}

/** `FeII` as `FeⅡ`: keyboards write the numeral in letters, NFKC makes letters of the sign. */
export function materialClassOf(text: string): string {
  return unify(text);
}

/** One spelling: full-width signs and Roman numerals of letters become those that are printed. */
function unify(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/[–—－]/g, "-")
    .replaceAll(/(Fe|Cu|Ni|Al|Ti|Zr)(IV|I{1,3}|V)(?![A-Za-z])/g, (_, metal: string, numeral: string) => {
      return metal + { I: "Ⅰ", II: "Ⅱ", III: "Ⅲ", IV: "Ⅳ", V: "Ⅴ" }[numeral]!;
    })
    .replaceAll(/\s*-\s*/g, "-")
    .trim();
}
