import { parseIdentityNumber } from "@hanyouxu/rules";

/** An identity number of GB 11643-1999, written without spaces and with a capital check character. */
export function isIdentityNumber(text: string): boolean {
  const parsed = parseIdentityNumber(text);
  return parsed.ok && parsed.value.number === text;
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
