import { type CivilDay, isCivilDay } from "./civil-day.ts";

/** What a citizen identity number of GB 11643 says about its holder. */
export interface IdentityNumber {
  /** 18 characters, the check character in upper case. */
  number: string;
  /** GB/T 2260 code of the county at issue; may have been abolished since. */
  regionCode: string;
  birthDay: CivilDay;
}

export type IdentityProblem = "shape" | "birth-day" | "check-character";

/**
 * Reads an 18-character identity number (GB 11643-1999): six digits of region, eight of birthday, three of order, one
 * check character. Spaces around and between are forgiven.
 * @returns the number's parts, or the first thing that is wrong
 */
export function parseIdentityNumber(
  text: string,
): { ok: true; value: IdentityNumber } | { ok: false; reason: IdentityProblem } {
  const number = text.replaceAll(/\s/g, "").toUpperCase();
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return { ok: false, reason: "shape" };
  const birthDay = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isCivilDay(birthDay)) return { ok: false, reason: "birth-day" };
  if (identityCheckCharacter(number.slice(0, 17)) !== number[17]) {
    return { ok: false, reason: "check-character" };
  }
  return { ok: true, value: { number, regionCode: number.slice(0, 6), birthDay } };
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The 18th character for 17 digits: ISO 7064 MOD 11-2. */
function identityCheckCharacter(digits: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return "10X98765432"[sum % 11]!;
}

/** Whole years from a birthday to a day; who is born on 29 February has a birthday on 1 March in other years. */
export function ageOn(birthDay: CivilDay, day: CivilDay): number {
  const years = Number(day.slice(0, 4)) - Number(birthDay.slice(0, 4));
  return day.slice(5) < birthDay.slice(5) ? years - 1 : years;
}
