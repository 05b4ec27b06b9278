/** Check digits of Chinese identifiers. */

const identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The 18th character of a GB 11643 citizen number from its first 17 digits. */
export function identityCheckDigit(first17: string): string {
  return "10X98765432"[weightedSum(first17, identityWeights, "0123456789") % 11]!;
}

const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const organisationAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The 9th character of a GB 11714 organisation code from its first 8. */
export function organisationCheckDigit(first8: string): string {
  const check = 11 - (weightedSum(first8, organisationWeights, organisationAlphabet) % 11);
  return check === 11 ? "0" : check === 10 ? "X" : String(check);
}

function weightedSum(text: string, weights: readonly number[], alphabet: string): number {
  if (text.length !== weights.length) throw new RangeError(`needs ${weights.length} characters: ${text}`);
  return weights.reduce((sum, weight, index) => {
    const value = alphabet.indexOf(text[index]!);
    if (value < 0) throw new RangeError(`${text[index]} is not in ${alphabet}`);
    return sum + weight * value;
  }, 0);
}
