import {
  type CertificateFamily,
  certificateFamilies,
  certificateItems,
  processesOfItem,
} from "@hanyouxu/rules";
import { familyTitles } from "./columns.ts";
import { hasUsccForm, isIdentityNumber } from "./identifiers.ts";
import type { RowReader } from "./row-reader.ts";

export interface ReadCertificate {
  family: CertificateFamily;
  item: string;
  number: string;
  validFrom: string;
  validTo: string;
  reviewDueOn: string | null;
}

const families = certificateFamilies.map(
  (family) => [family, familyTitles[family].zh, familyTitles[family].en] as const,
);
const certificateColumns = ["family", "item", "certificateNumber", "validFrom", "validTo", "reviewDueOn"];

/** The values of one row of welders; wrong ones are noted and undefined. */
export function readWelder(row: RowReader) {
  return {
    name: row.text("name", { most: 50, isNeeded: true }),
    identityNumber: row.coded("identityNumber", isIdentityNumber, "identity_invalid", true),
    phone: row.coded("phone", (text) => /^1[3-9]\d{9}$/.test(text), "phone_invalid"),
    uscc: row.coded("enterpriseUscc", hasUsccForm, "uscc_invalid"),
    hasCertificate: certificateColumns.some((key) => !row.isEmpty(key)),
    certificate: readCertificate(row),
  };
}

function readCertificate(row: RowReader): ReadCertificate | undefined {
  if (certificateColumns.every((key) => row.isEmpty(key))) return undefined;
  const family = row.choice("family", families, true);
  const printed = row.text("item", { isNeeded: true });
  const number = row.coded("certificateNumber", (text) => text.length <= 60, "too_long", true);
  const validFrom = row.day("validFrom", true);
  const validTo = row.day("validTo", true);
  const reviewDueOn = row.day("reviewDueOn");
  const item = family !== undefined && printed !== undefined ? itemOf(row, family, printed) : undefined;
  if (validFrom !== undefined && validTo !== undefined && validTo < validFrom)
    row.wrong("validTo", "day_order");
  if (validFrom !== undefined && reviewDueOn !== undefined && reviewDueOn < validFrom)
    row.wrong("reviewDueOn", "day_order");
  if (!family || !item || !number || !validFrom || !validTo) return undefined;
  return { family, item, number, validFrom, validTo, reviewDueOn: reviewDueOn ?? null };
}

/** An item by its title, as printed or short of 作业; a special-equipment item by its code, kept whole. */
function itemOf(row: RowReader, family: CertificateFamily, printed: string): string | undefined {
  const wanted = printed.replace(/作业$/, "");
  const found = certificateItems.find(
    (item) =>
      item.family === family &&
      (item.id === printed || item.title.zh.replace(/作业$/, "") === wanted || item.title.en === printed),
  );
  if (found) return found.id;
  if (family === "special-equipment" && processesOfItem(family, printed).length > 0) return printed;
  return row.wrong("item", "item_invalid");
}
