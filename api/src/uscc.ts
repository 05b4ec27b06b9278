/** Characters of a unified social credit code by value: GB 32100 leaves out I, O, S, V and Z. */
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const usccWeights = Array.from({ length: 17 }, (_, index) => 3 ** index % 31);

/** Registering department and kind, region of GB/T 2260 in digits, organisation code of GB 11714, check character. */
const usccShape = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/**
 * The 18th character of a GB 32100 unified social credit code from its first 17.
 * @throws RangeError when it is not 17 characters of the code's alphabet
 */
export function usccCheckCharacter(first17: string): string {
  if (first17.length !== usccWeights.length) throw new RangeError(`needs 17 characters: ${first17}`);
  const sum = usccWeights.reduce((total, weight, index) => {
    const value = usccAlphabet.indexOf(first17[index]!);
    if (value < 0) throw new RangeError(`${first17[index]} is not in ${usccAlphabet}`);
    return total + weight * value;
  }, 0);
  // The outer mod keeps a sum that divides evenly at 0; without it the index would be 31.
  return usccAlphabet[(31 - (sum % 31)) % 31]!;
}

/** As people type it: spaces and dashes between, small letters. */
export function normalUscc(text: string): string {
  return text.replaceAll(/[\s-]/g, "").toUpperCase();
}

/**
 * `malformed`: cannot be a code at all. `mismatch`: has the form, but the check character is another: mostly a slip,
 * yet some early real codes are so, and therefore it warns and does not block.
 */
export type UsccVerdict = "right" | "mismatch" | "malformed";

/** What can be said of a normal code (see `normalUscc`) without asking anybody. */
export function judgeUscc(code: string): UsccVerdict {
  if (!usccShape.test(code)) return "malformed";
  return usccCheckCharacter(code.slice(0, 17)) === code[17] ? "right" : "mismatch";
}
