/** A designation in one spelling, and what stood around it. */
export interface NormalisedDesignation {
  /** Capital letters, digits, hyphens and slashes; empty when the text holds none. */
  designation: string;
  /** Chinese words before it: the brand, as people write it. */
  maker: string | null;
  /** Holds characters that no designation has. */
  isOdd: boolean;
}

/** The longest text that is looked at. */
export const LONGEST_MODEL_TEXT = 60;

/**
 * Brings a typed or photographed designation into one spelling: full-width forms, Roman numerals, dashes of every kind,
 * spaces, small letters. Chinese words before it are the maker; those after it and what stands in brackets are dropped.
 */
export function normaliseDesignation(text: string): NormalisedDesignation {
  const whole = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\u2010-\u2015\u2212_~]/g, "-")
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, " ")
    .trim();
  const [, before = "", rest = ""] = /^([\p{Script=Han}\s·.:]*)(.*)$/su.exec(whole) ?? [];
  const bare = rest.replace(/[\p{Script=Han}\s,。、:]+$/u, "");
  const maker = before.replace(/^(?:型号|牌号)[:\s]*/, "").replace(/[\s·.:]+/g, "");
  const designation = bare
    .replace(/\s*-\s*/g, "-")
    // A space between the series and the rating stands for the hyphen; any other joins.
    .replace(/^([A-Z]+\d?)\s+(?=\d)/, "$1-")
    .replace(/\s+/g, "")
    .replace(/-{2,}/g, "-")
    .replace(/-$/, "");
  return {
    designation: designation.replace(/[^A-Z0-9/.+-]/g, ""),
    maker: maker === "" ? null : maker.slice(0, 20),
    isOdd: /[^A-Z0-9/.+-]/.test(designation),
  };
}
