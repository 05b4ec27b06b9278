import type { Refusal } from "./refusal.ts";

/** What telling a machine's place can refuse. */
export const placeRefusals = {
  "place.sign_invalid": {
    status: 400,
    "zh-CN": "这不是区域牌上的码，请扫描重点区域或楼层的牌子",
    en: "This is not the code of an area's sign: scan the sign of the key area or floor",
  },
  "place.sign_forged": {
    status: 403,
    "zh-CN": "这块区域牌不是本平台印发的，请报告消防站",
    en: "This sign was not issued by this platform: report it to the fire station",
  },
  "place.sign_unknown": {
    status: 404,
    "zh-CN": "没有这块区域牌，请联系消防站",
    en: "There is no such sign: ask the fire station",
  },
  "place.sign_void": {
    status: 409,
    "zh-CN": "这块区域牌已作废，请扫描新牌",
    en: "This sign is void: scan the new one",
  },
  "place.phone_unknown": {
    status: 409,
    "zh-CN": "需要手机定位才能确认您在区域牌旁，请打开定位再扫",
    en: "Your phone must tell where it is: switch location on and scan again",
  },
  "place.sign_elsewhere": {
    status: 409,
    "zh-CN": "手机不在这块区域牌所在的重点区域，请到现场扫描",
    en: "The phone is not at the key area of this sign: scan it at the place",
  },
} as const satisfies Record<string, Refusal>;
