import { isCivilDay } from "@hanyouxu/rules";

const identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643-1999: 17 digits with a day of birth that exists, and the check character (ISO 7064 MOD 11-2). */
export function isIdentityNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  if (!isCivilDay(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`)) return false;
  const sum = identityWeights.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return "10X98765432"[sum % 11] === text[17];
}

/** GB 32100-2015 leaves out I, O, S, V and Z. */
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** The form of a unified social credit code: 18 characters of its alphabet. */
export function hasUsccForm(text: string): boolean {
  return /^[0-9A-HJ-NP-RTUW-Y]{18}$/.test(text);
}

/** Whether the last character fits (weights 3^i mod 31); some early real codes do not, so it is only a warning. */
export function isUsccCheckRight(text: string): boolean {
  let [sum, weight] = [0, 1];
  for (const letter of text.slice(0, 17)) {
    sum += usccAlphabet.indexOf(letter) * weight;
    weight = (weight * 3) % 31;
  }
  return usccAlphabet[(31 - (sum % 31)) % 31] === text[17];
}
