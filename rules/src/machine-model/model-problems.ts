import type { Text } from "../text.ts";
import type { ModelRejection } from "./machine-model.ts";

/** What to tell the person who typed it, with what to do. */
export const modelProblems: Readonly<Record<ModelRejection, Text>> = {
  empty: { zh: "请填写铭牌上的型号", en: "Write the designation on the nameplate" },
  "too-long": {
    zh: "型号太长，请只填铭牌上的型号",
    en: "Too long: write only the designation on the nameplate",
  },
  characters: {
    zh: "型号由字母、数字和短横线组成，请核对铭牌",
    en: "A designation has letters, digits and a hyphen: check the nameplate",
  },
  "no-rating": {
    zh: "缺少短横线后的规格数字，例如 ZX7-400",
    en: "The rating after the hyphen is missing, as in ZX7-400",
  },
  "no-hyphen": {
    zh: "规格数字前缺少短横线，例如 ZX7-400",
    en: "The hyphen before the rating is missing, as in ZX7-400",
  },
  class: {
    zh: "不是已知的国标型号，也不是已知厂家的型号；请核对铭牌，或自行选择工艺",
    en: "Neither a standard nor a known maker's designation: check the nameplate, or choose the process yourself",
  },
  note: {
    zh: "附注字母不在表中，请核对铭牌，或自行选择工艺",
    en: "A letter of the designation is not in the table: check the nameplate, or choose the process yourself",
  },
  series: {
    zh: "系列数字不在表中，请核对铭牌，或自行选择工艺",
    en: "The digit of the series is not in the table: check the nameplate, or choose the process yourself",
  },
  rating: {
    zh: "规格数字不合常理，请核对铭牌",
    en: "The rating is not plausible: check the nameplate",
  },
  "not-a-machine": {
    zh: "这是控制器的型号，不是焊机，请填焊机铭牌上的型号",
    en: "This names a controller, not a machine: write the designation on the machine's nameplate",
  },
};
