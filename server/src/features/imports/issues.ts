import type { Language } from "@hanyouxu/api";
import { fillText, type Text } from "@hanyouxu/rules";

/** What can be wrong with a row, and how to put it right. `{…}` are numbers and names of ours, never the value. */
const issueTexts = {
  required: text("不能为空，请填写", "is empty: fill it in"),
  too_long: text("太长，请缩短到 {most} 字以内", "is too long: shorten it to {most} characters"),
  bad_characters: text("含有不能保存的控制字符，请重新输入", "holds control characters: type it again"),
  digits_lost: text(
    "号码被存成了数字，末几位已丢失：请把这一列设为文本格式后重新填写",
    "was stored as a number and lost its last digits: format the column as text and type it again",
  ),
  identity_invalid: text(
    "身份证号不正确：应为 18 位，出生日期和校验位须相符（GB 11643），请核对",
    "is no identity number: 18 characters with a real birthday and check character (GB 11643); check it",
  ),
  phone_invalid: text(
    "手机号应为 11 位数字，以 13 至 19 开头",
    "is no phone number: 11 digits starting with 13 to 19",
  ),
  uscc_invalid: text(
    "统一社会信用代码应为 18 位数字和大写字母（不含 I、O、S、V、Z），请核对",
    "is no USCC: 18 digits and capital letters (no I, O, S, V, Z); check it",
  ),
  uscc_check: text(
    "校验位与 GB 32100 不符，请核对；确认无误可以导入",
    "does not fit its check character (GB 32100): check it; it can be taken in",
  ),
  industry_invalid: text("行业代码应为 GB/T 4754 代码，如 C33", "is no GB/T 4754 code such as C33"),
  region_missing: text("区划代码和乡镇（街道）至少填一项", "is missing: fill in a region code or a township"),
  region_unknown: text("平台没有这个区划代码，请核对", "is not a region the platform knows: check it"),
  region_differs: text(
    "乡镇（街道）与区划代码不是同一个地方，请核对",
    "is another place than the region code says",
  ),
  township_unknown: text(
    "没有这个乡镇（街道），请按平台名称填写或改填区划代码",
    "is not a township the platform knows: write it as the platform does, or use the region code",
  ),
  township_ambiguous: text(
    "有多个同名乡镇（街道），请填写区划代码",
    "is the name of several: use the region code",
  ),
  out_of_scope: text(
    "不在您的管辖区域或所属单位内，请删除此行或交由当地导入",
    "is outside your region or enterprise: remove the row, or have it imported there",
  ),
  enterprise_unknown: text("没有登记这个单位，请先导入单位", "is no registered enterprise: import it first"),
  choice_invalid: text("不在可选范围内，请从列表选择：{allowed}", "is not one of: {allowed}"),
  item_invalid: text("该证书类别没有这个作业项目，请核对", "is no item of that certificate family: check it"),
  number_invalid: text("应为 {from} 至 {to} 的数字", "must be a number from {from} to {to}"),
  place_incomplete: text("经度和纬度须同时填写", "goes together: fill in longitude and latitude, or neither"),
  day_invalid: text("日期不正确，请写成 2025-01-31", "is no day: write it as 2025-01-31"),
  day_order: text("不能早于有效期起", "is earlier than the day it is valid from"),
  model_unusual: text(
    "型号不像 GB/T 10249 型号，请按铭牌核对",
    "is not written as GB/T 10249 does: check the plate",
  ),
  machine_code_invalid: text(
    "设备码不正确或不是本平台发放的；新焊机请留空",
    "is wrong or not issued by this platform; leave it empty for a new machine",
  ),
  machine_code_unknown: text("没有这台焊机，请核对设备码", "is no machine's code: check it"),
  machine_other_enterprise: text(
    "这台焊机登记在其他单位名下；转移请另行办理",
    "belongs to another enterprise: a transfer is made elsewhere",
  ),
  serial_number_taken: text(
    "本单位另一台焊机已用此出厂编号，请核对",
    "is another machine's of this enterprise",
  ),
  name_differs: text(
    "该身份证号已登记为另一姓名，请核对",
    "differs from the name registered with this identity number",
  ),
  phone_differs: text(
    "与已登记的手机号不同；手机号只能由本人变更，请留空",
    "differs from the registered one, which only its owner changes: leave it empty",
  ),
  phone_taken: text("该手机号已属于另一个人，请核对", "belongs to somebody else: check it"),
  certificate_taken: text("该证书编号已属于另一名焊工，请核对", "is another welder's certificate: check it"),
  duplicate_in_file: text(
    "与第 {row} 行重复，请删除其中一行",
    "is the same as row {row}: remove one of them",
  ),
  differs_in_file: text("与第 {row} 行的同一个人不一致，请核对", "differs from the same person's row {row}"),
} as const satisfies Record<string, Text>;

export type IssueCode = keyof typeof issueTexts;

/** Rows with only these go in. */
const warnings: ReadonlySet<IssueCode> = new Set(["uscc_check", "model_unusual"]);

/** Something wrong in one cell of one row. */
export interface Issue {
  columnKey: string;
  code: IssueCode;
  details: Record<string, string | number>;
}

export function isWarning({ code }: Pick<Issue, "code">): boolean {
  return warnings.has(code);
}

export function issueMessage(
  code: string,
  details: Record<string, string | number>,
  language: Language,
): string {
  const found = issueTexts[code as IssueCode];
  return fillText(found, details)[language === "en" ? "en" : "zh"];
}

function text(zh: string, en: string): Text {
  return { zh, en };
}
