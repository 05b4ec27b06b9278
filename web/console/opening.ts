import type { Language } from "@hanyouxu/api";

const ADDRESS_OF_MAP = /^#?\/?(\?|$)/;

/** Whether the page was opened at the map. */
export const isMapFirst = ADDRESS_OF_MAP.test(location.hash);

export const loadTexts: Record<Language, () => Promise<object>> = {
  "zh-CN": async () => (await import("../i18n/console-zh-cn.ts")).default,
  en: async () => (await import("../i18n/console-en.ts")).default,
};
