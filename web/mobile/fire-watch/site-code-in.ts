/** `…/m/#/watch/<code>`: what the welder's phone shows; the platform judges the code itself. */
const SITE_CODE = /^https?:\/\/[^/]+\/m\/#\/watch\/([^/?#\s]{10,300})$/;

/** The site code in what a QR code says. */
export function siteCodeIn(text: string): string | undefined {
  const found = SITE_CODE.exec(text.trim())?.[1];
  return found === undefined ? undefined : decodeURIComponent(found);
}
