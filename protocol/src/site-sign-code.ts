import {
  type CodeKind,
  type CodeMac,
  createKeyedCode,
  isAuthenticCode,
  parseKeyedCode,
} from "./keyed-code.ts";
import type { RandomBytes } from "./ports.ts";
import type { Decoded } from "./rejection.ts";
import type { SiteSignCode } from "./units.ts";

/** The code on the sign of a key area, or of a floor of one: S and 16 letters in four groups (see keyed-code.ts). */
const SITE_SIGN: CodeKind = { prefix: "S", label: "site-sign:", field: "siteSignCode" };

export function createSiteSignCode(random: RandomBytes, mac: CodeMac): SiteSignCode {
  return createKeyedCode(SITE_SIGN, random, mac) as SiteSignCode;
}

/** Reads a bare code or a URL that ends in one; a machine code is rejected. `isAuthenticSiteSignCode` tests the MAC. */
export function parseSiteSignCode(text: string): Decoded<SiteSignCode> {
  return parseKeyedCode(SITE_SIGN, text) as Decoded<SiteSignCode>;
}

/** False for a code that this platform did not make. */
export function isAuthenticSiteSignCode(code: SiteSignCode, mac: CodeMac): boolean {
  return isAuthenticCode(SITE_SIGN, code, mac);
}

/** As printed under the QR: S-XXXX-XXXX-XXXX-XXXX. */
export function formatSiteSignCode(code: SiteSignCode): string {
  return `S-${code.slice(1).match(/.{4}/g)!.join("-")}`;
}

/** What the sign's QR says. */
export function siteSignUrl(publicUrl: string, code: SiteSignCode): string {
  return `${publicUrl.replace(/\/$/, "")}/s/${code}`;
}
