import type { Refusal } from "./refusal.ts";

/** What telling a machine's place can refuse. */
export const placeRefusals = {
  "place.phone_unknown": {
    status: 409,
    "zh-CN": "需要手机定位才能确认您在场所牌旁，请打开定位再扫",
    en: "Your phone must tell where it is: switch location on and scan again",
  },
  "place.sign_elsewhere": {
    status: 409,
    "zh-CN": "手机不在这块场所牌所在的重点区域，请到现场扫描",
    en: "The phone is not at the key area of this sign: scan it at the place",
  },
} as const satisfies Record<string, Refusal>;
