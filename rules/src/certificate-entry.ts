import { parseCertificateCodes } from "./certificate-code.ts";
import { type CertificateFamily, certificateFamilyTable } from "./certificate-family.ts";
import { certificateItems } from "./certificate-item.ts";
import { addDays, type CivilDay, isCivilDay } from "./civil-day.ts";
import { parseIdentityNumber } from "./identity-number.ts";
import type { Text } from "./text.ts";

/** A certificate as a person types it off the paper. */
export interface CertificateEntry {
  family: CertificateFamily;
  /** An item of the table, or the printed codes of a special-equipment certificate. */
  item: string;
  number: string;
  validFrom: CivilDay;
  validTo: CivilDay;
  reviewDueOn: CivilDay | null;
}

/** What does not fit, by the field beside which it is shown. */
export interface EntryProblem {
  field: keyof CertificateEntry;
  reason: Text;
}

/**
 * Checks an entry against what its family prints: item, number, length of validity, day of review. A slip of a typing
 * thumb is found here; whether the certificate exists is for its registry.
 * @param identityNumber of the person who says that it is his
 * @param day the Shanghai day of today
 */
export function checkCertificateEntry(
  entry: CertificateEntry,
  identityNumber: string,
  day: CivilDay,
): EntryProblem[] {
  return [...itemProblems(entry), ...numberProblems(entry, identityNumber), ...dayProblems(entry, day)];
}

function itemProblems({ family, item }: CertificateEntry): EntryProblem[] {
  if (family !== "special-equipment") {
    const isKnown = certificateItems.some((known) => known.family === family && known.id === item);
    return isKnown
      ? []
      : [problem("item", "请从列表中选择证书上的作业项目", "Choose the item printed on the certificate")];
  }
  const parsed = parseCertificateCodes(item);
  if (parsed.ok) return [];
  const example = "GTAW-FeⅡ-6G-3/159-FefS-02/11/12";
  if (parsed.reason === "empty")
    return [problem("item", `请填写项目代号，如 ${example}`, `Write the item code, such as ${example}`)];
  const { zh, en } = partNames[parsed.reason];
  return [
    problem(
      "item",
      `项目代号的${zh}“${parsed.part}”不正确，请照证书填写，如 ${example}`,
      `The ${en} “${parsed.part}” of the item code is wrong: copy it from the certificate, such as ${example}`,
    ),
  ];
}

const partNames = {
  method: { zh: "焊接方法", en: "method" },
  material: { zh: "材料类别", en: "material class" },
  position: { zh: "试件位置", en: "position" },
  size: { zh: "厚度/外径", en: "thickness/diameter" },
  filler: { zh: "填充金属", en: "filler" },
  factors: { zh: "工艺因素", en: "process factors" },
  surplus: { zh: "多余部分", en: "surplus part" },
} as const;

function numberProblems({ family, number }: CertificateEntry, identityNumber: string): EntryProblem[] {
  if (family !== "emergency") {
    return /^[\p{Script=Han}A-Za-z0-9（）()〔〕[\]\-—/.]{6,40}$/u.test(number)
      ? []
      : [
          problem(
            "number",
            "证书编号应为 6 至 40 个字符，请照证书填写（不含空格）",
            "The number has 6 to 40 characters: copy it from the certificate, without spaces",
          ),
        ];
  }
  const parsed = parseIdentityNumber(number.slice(1));
  if (!/^T/i.test(number) || !parsed.ok) {
    return [
      problem(
        "number",
        "证号应为字母 T 加 18 位身份证号，请逐位核对",
        "The number is T and the 18 characters of the identity number: check each of them",
      ),
    ];
  }
  if (parsed.value.number === identityNumber) return [];
  return [
    problem(
      "number",
      "证号与您登记的身份证号不一致：只能登记本人的证书",
      "The number is not of your identity number: register your own certificate only",
    ),
  ];
}

function dayProblems(entry: CertificateEntry, day: CivilDay): EntryProblem[] {
  const { validFrom, validTo, reviewDueOn, family } = entry;
  const { validYears, reviewEveryYears, title } = certificateFamilyTable[family];
  if (!isCivilDay(validFrom) || validFrom > day) {
    return [
      problem("validFrom", "开始日期不能晚于今天，请照证书填写", "It begins today at the latest: check it"),
    ];
  }
  if (!isCivilDay(validTo) || !endsAfterYears(validFrom, validTo, validYears)) {
    return [
      problem(
        "validTo",
        `${title.zh}有效期为 ${validYears} 年，请核对起止日期`,
        `It is valid for ${validYears} years: check both days`,
      ),
    ];
  }
  if (validTo < day) {
    return [
      problem("validTo", "证书已过有效期，请换证后再登记", "The certificate has expired: renew it first"),
    ];
  }
  if (reviewEveryYears === null) {
    return reviewDueOn === null
      ? []
      : [problem("reviewDueOn", "这种证书没有复审日期，请留空", "This kind has no review: leave it empty")];
  }
  const isReviewAhead = addYears(validFrom, reviewEveryYears) > day;
  if (reviewDueOn === null) {
    return isReviewAhead
      ? [problem("reviewDueOn", "请填写证书上的复审日期", "Write the day of review on the certificate")]
      : [];
  }
  return isCivilDay(reviewDueOn) && endsAfterYears(validFrom, reviewDueOn, reviewEveryYears)
    ? []
    : [
        problem(
          "reviewDueOn",
          `复审每 ${reviewEveryYears} 年一次，请核对日期；已复审过的请留空`,
          `The review is due after ${reviewEveryYears} years: check the day; leave it empty once reviewed`,
        ),
      ];
}

/** Some print the day before the anniversary as the last one, some the anniversary itself. */
function endsAfterYears(from: CivilDay, to: CivilDay, years: number): boolean {
  const anniversary = addYears(from, years);
  return to === anniversary || to === addDays(anniversary, -1);
}

/** The same day so many years later; 29 February becomes 1 March where there is none. */
function addYears(day: CivilDay, years: number): CivilDay {
  const same = `${String(Number(day.slice(0, 4)) + years).padStart(4, "0")}${day.slice(4)}`;
  return isCivilDay(same) ? same : `${same.slice(0, 4)}-03-01`;
}

function problem(field: keyof CertificateEntry, zh: string, en: string): EntryProblem {
  return { field, reason: { zh, en } };
}
