/**
 * Where the console begins: asks for all that the first screen is made of at once. A router that has run would ask for
 * the screen much later.
 */
import "./console.css";
import type { Language } from "@hanyouxu/api";
import { rememberedLanguage } from "../ui/language.ts";
import { giveStylesTheNonce } from "./style-nonce.ts";

const ADDRESS_OF_MAP = /^#?\/?(\?|$)/;

/** Whether the page was opened at the map. */
export const isMapFirst = ADDRESS_OF_MAP.test(location.hash);

export const loadTexts: Record<Language, () => Promise<object>> = {
  "zh-CN": async () => (await import("../i18n/console-zh-cn.ts")).default,
  en: async () => (await import("../i18n/console-en.ts")).default,
};

giveStylesTheNonce();

void import("./main.tsx");
// Who waits for the rest says so where it fails.
const quietly = () => {};
loadTexts[rememberedLanguage()]().catch(quietly);
if (isMapFirst) {
  import("./layout/console-layout.tsx").catch(quietly);
  import("./map/map-page.tsx").catch(quietly);
}
