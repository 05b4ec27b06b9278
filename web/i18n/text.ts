import type {} from "i18next";
import type common from "./zh-cn/common.ts";
import type consoleText from "./zh-cn/console.ts";
import type mobile from "./zh-cn/mobile.ts";

/** The same keys with any words: English must have exactly what Chinese has. */
export type Words<Text> = { [Key in keyof Text]: Text[Key] extends string ? string : Words<Text[Key]> };

export type CommonText = Words<typeof common>;
export type MobileText = Words<typeof mobile>;
export type ConsoleText = Words<typeof consoleText>;

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: { common: CommonText; mobile: MobileText; console: ConsoleText } };
    returnNull: false;
  }
}
