import { nfpaPack, oshaPack, ukPack } from "./elsewhere/abroad-packs.ts";
import { gb9448Pack } from "./elsewhere/gb9448-pack.ts";
import { gb50720Pack } from "./elsewhere/gb50720-pack.ts";
import { notice12Pack } from "./elsewhere/notice12-pack.ts";
import { order61Pack } from "./elsewhere/order61-pack.ts";
import { hotWorkPlatformPack } from "./elsewhere/platform-pack.ts";
import { gb30871Pack } from "./gb30871/gb30871-pack.ts";
import type { HotWorkPack } from "./hot-work-rule.ts";

/** Everything hot work is decided by; each rule says in which regimes and at which moments it counts. */
export const hotWorkPacks: readonly HotWorkPack[] = [
  hotWorkPlatformPack,
  gb30871Pack,
  order61Pack,
  notice12Pack,
  gb50720Pack,
  gb9448Pack,
  oshaPack,
  nfpaPack,
  ukPack,
];
