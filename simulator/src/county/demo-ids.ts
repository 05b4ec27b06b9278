import { usccCheckCharacter } from "@hanyouxu/api";
import type { Random } from "../random.ts";
import { identityCheckDigit, organisationCheckDigit } from "./checksums.ts";

const epochMs = Date.UTC(2026, 0, 1);

/** A UUID of version 7 that is the same for the same stream: `index` milliseconds after 2026-01-01. */
export function demoUuid(random: Random, index: number): string {
  const time = (epochMs + index).toString(16).padStart(12, "0");
  const word = () => Math.floor(random.next() * 0x1_0000_0000);
  const a = (0x7000 | (word() & 0x0fff)).toString(16);
  const b = (0x8000 | (word() & 0x3fff)).toString(16);
  const c = word().toString(16).padStart(8, "0") + (word() & 0xffff).toString(16).padStart(4, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-${a}-${b}-${c}`;
}

/** 1990000xxxx: a block that the demonstration keeps to. */
export function demoPhone(index: number): string {
  if (index < 0 || index > 9999) throw new RangeError(`no demo phone ${index}`);
  return `1990000${String(index).padStart(4, "0")}`;
}

/**
 * A number with the form and check digit of GB 11643 whose birthday, in 1880–1899, no living person has. Each index
 * below 168,000 (the least common multiple of 6,720 days and 1,000 serials) has its own.
 */
export function demoIdentityNumber(index: number): string {
  const dayOfBlock = (index * 7919) % 6720;
  const year = 1880 + Math.floor(dayOfBlock / 336);
  const month = String(1 + (Math.floor(dayOfBlock / 28) % 12)).padStart(2, "0");
  const day = String(1 + (dayOfBlock % 28)).padStart(2, "0");
  const body = `330723${year}${month}${day}${String(index % 1000).padStart(3, "0")}`;
  return body + identityCheckDigit(body);
}

/** A code with the form and check digits of GB 32100 and GB 11714 whose organisation part begins DEM0. */
export function demoUscc(index: number): string {
  const organisation = `DEM0${String(index).padStart(4, "0")}`;
  const body = `91330723${organisation}${organisationCheckDigit(organisation)}`;
  return body + usccCheckCharacter(body);
}
