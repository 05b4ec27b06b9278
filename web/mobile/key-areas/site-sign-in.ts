import { parseSiteSignCode, type SiteSignCode } from "@hanyouxu/protocol";

/** The code of a key area's sign in what a QR code or a person says. */
export function siteSignIn(text: string): SiteSignCode | undefined {
  const parsed = parseSiteSignCode(text);
  return parsed.ok ? parsed.value : undefined;
}
