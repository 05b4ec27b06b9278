import { describe, expect, test } from "vitest";
import { type CertificateEntry, checkCertificateEntry } from "./certificate-entry.ts";

const identity = "11010519491231002X";
const day = "2026-11-23";
const emergency: CertificateEntry = {
  family: "emergency",
  item: "fusion-welding-thermal-cutting",
  number: `T${identity}`,
  validFrom: "2024-05-01",
  validTo: "2030-04-30",
  reviewDueOn: "2027-04-30",
};
const construction: CertificateEntry = {
  family: "construction",
  item: "building-welder",
  number: "浙A042026000123",
  validFrom: "2025-12-01",
  validTo: "2027-11-30",
  reviewDueOn: null,
};
const special: CertificateEntry = {
  family: "special-equipment",
  item: "GTAW-FeⅡ-6G-3/159-FefS-02/11/12",
  number: identity,
  validFrom: "2022-11-24",
  validTo: "2026-11-23",
  reviewDueOn: null,
};

describe("the entry of a certificate", () => {
  test.each([
    ["emergency", emergency],
    ["emergency, the anniversary printed", { ...emergency, validTo: "2030-05-01" }],
    [
      "emergency, reviewed",
      { ...emergency, validFrom: "2023-01-01", validTo: "2028-12-31", reviewDueOn: null },
    ],
    [
      "emergency, review overdue",
      { ...emergency, validFrom: "2023-01-01", validTo: "2028-12-31", reviewDueOn: "2025-12-31" },
    ],
    ["construction", construction],
    ["special equipment, on its last day", special],
  ] as const)("of %s as printed is taken", (_name, entry) => {
    expect(checkCertificateEntry(entry, identity, day)).toEqual([]);
  });

  test.each([
    ["an item of another family", { ...emergency, item: "building-welder" }, "item"],
    ["an item code with a slip", { ...special, item: "GTAW-FeⅡ-9G-3/159" }, "item"],
    ["no item code", { ...special, item: "" }, "item"],
    ["a number without its T", { ...emergency, number: identity }, "number"],
    ["a number with a wrong digit", { ...emergency, number: "T110105194912310021" }, "number"],
    ["somebody else's number", { ...emergency, number: "T330723188101010016" }, "number"],
    ["a number too short", { ...construction, number: "A1" }, "number"],
    ["a number with spaces", { ...construction, number: "浙A 042026" }, "number"],
    ["a beginning that is to come", { ...construction, validFrom: "2026-11-24" }, "validFrom"],
    ["six years for a certificate of two", { ...construction, validTo: "2031-11-30" }, "validTo"],
    ["two years for a certificate of six", { ...emergency, validTo: "2026-04-30" }, "validTo"],
    ["a certificate that is over", { ...special, validFrom: "2022-11-23", validTo: "2026-11-22" }, "validTo"],
    ["no day of review", { ...emergency, reviewDueOn: null }, "reviewDueOn"],
    ["a review after four years", { ...emergency, reviewDueOn: "2028-04-30" }, "reviewDueOn"],
    ["a review that the family has not", { ...construction, reviewDueOn: "2026-12-01" }, "reviewDueOn"],
  ] as const)("with %s is told beside the field", (_name, entry, field) => {
    const problems = checkCertificateEntry(entry, identity, day);
    expect(problems.map((problem) => problem.field)).toEqual([field]);
    expect(problems[0]!.reason.zh).toMatch(/\p{Script=Han}/u);
    expect(problems[0]!.reason.en).not.toMatch(/undefined/);
  });
});
