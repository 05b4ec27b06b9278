import type { Refusal } from "./refusal.ts";

/** What cameras can refuse. */
export const cameraRefusals = {
  "camera.not_found": {
    status: 404,
    "zh-CN": "没有这个摄像头，或它不在您的范围内",
    en: "There is no such camera, or it is beyond your reach",
  },
  "camera.no_chip": {
    status: 409,
    "zh-CN": "这台焊机没有芯片，无法取得画面",
    en: "This machine has no chip: there is nobody to ask for a picture",
  },
  "camera.picture_not_found": {
    status: 404,
    "zh-CN": "画面不存在、尚未传完或已按期限删除",
    en: "There is no such picture, it has not arrived yet, or it was deleted when its time was over",
  },
  "camera.watch_not_found": {
    status: 404,
    "zh-CN": "没有这次观看，请重新开始",
    en: "There is no such watching: begin again",
  },
  "camera.watch_over": {
    status: 409,
    "zh-CN": "本次观看已结束，如仍需要请写明原因重新开始",
    en: "This watching is over: begin again with a reason if it is still needed",
  },
  "camera.too_many_watchers": {
    status: 409,
    "zh-CN": "这个摄像头正有 4 人观看，请稍后再试",
    en: "Four people watch this camera already: try again later",
  },
  "camera.announcement_untrusted": {
    status: 401,
    "zh-CN": "画面申报不是已登记芯片的有效签名",
    en: "The announcement is not signed by the key of a chip that is enrolled",
  },
  "camera.announcement_invalid": {
    status: 400,
    "zh-CN": "画面申报不符合协议 hy1.cddl 的 signed-picture",
    en: "The announcement is no signed-picture of hy1.cddl",
  },
  "camera.chip_unfitted": {
    status: 409,
    "zh-CN": "芯片未装在焊机上，不收画面",
    en: "The chip is in no machine: its pictures are not taken",
  },
  "camera.upload_untrusted": {
    status: 401,
    "zh-CN": "上传口令无效或已过期，请重新申报这张画面",
    en: "The upload token is not valid any more: announce the picture again",
  },
  "camera.offset_conflict": {
    status: 409,
    "zh-CN": "续传位置不符，请从平台已收到的字节继续",
    en: "That is not where the upload stands: go on from what the platform has",
  },
  "camera.picture_damaged": {
    status: 422,
    "zh-CN": "收到的内容与芯片申报的不一致，或不是完整的 JPEG",
    en: "What has arrived is not what the chip announced, or no whole JPEG",
  },
} as const satisfies Record<string, Refusal>;
