import { chance, integerBetween, pick, type Random } from "../random.ts";
import type { DemoCertificate, WelderProfile } from "./types.ts";

/** Days of Asia/Shanghai as `YYYY-MM-DD`; only differences matter, so UTC arithmetic will do. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function addYears(day: string, years: number): string {
  return new Date(Date.parse(`${Number(day.slice(0, 4)) + years}${day.slice(4)}T00:00:00Z`))
    .toISOString()
    .slice(0, 10);
}

/** What each family prints: years of validity, years between reviews. */
const familyTerms = {
  emergency: { years: 6, reviewYears: 3 },
  construction: { years: 2, reviewYears: null },
  "special-equipment": { years: 4, reviewYears: null },
} as const;

/** The certificates that a welder of the profile holds on `onDay`. `needsPressureWelding`: works at spot welders too. */
export function certificatesOf(
  random: Random,
  profile: WelderProfile,
  identityNumber: string,
  needsPressureWelding: boolean,
  onDay: string,
): DemoCertificate[] {
  const issue = (family: DemoCertificate["family"], item: string, startDaysAgo: number): DemoCertificate => {
    const terms = familyTerms[family];
    const validFrom = addDays(onDay, -startDaysAgo);
    const validTo = addDays(addYears(validFrom, terms.years), -1);
    const firstReviewOn =
      terms.reviewYears === null ? null : addDays(addYears(validFrom, terms.reviewYears), -1);
    return {
      family,
      item,
      number: family === "emergency" ? `T${identityNumber}` : `演示${identityNumber.slice(-10)}`,
      validFrom,
      validTo,
      // Reviewed in time, by the day itself at the latest, nothing more is due before the certificate ends.
      reviewDueOn: firstReviewOn !== null && firstReviewOn > onDay ? firstReviewOn : null,
      status: "valid",
    };
  };
  const fusion = (startDaysAgo: number) => issue("emergency", "fusion-welding-thermal-cutting", startDaysAgo);
  switch (profile) {
    case "uncertified":
      return [];
    case "wrong-process":
      return [issue("emergency", "brazing", integerBetween(random, 30, 1000))];
    case "expired":
      return [fusion(6 * 366 + integerBetween(random, 1, 300))];
    case "revoked":
      return [{ ...fusion(integerBetween(random, 30, 1000)), status: "revoked" }];
    case "review-overdue": {
      const startDaysAgo = 3 * 366 + integerBetween(random, 5, 300);
      const certificate = fusion(startDaysAgo);
      return [{ ...certificate, reviewDueOn: addDays(addYears(certificate.validFrom, 3), -1) }];
    }
    case "certified": {
      const held = chance(random, 0.92)
        ? [fusion(integerBetween(random, 1, 6 * 365 - 2))]
        : [issue("construction", "building-welder", integerBetween(random, 1, 2 * 365 - 2))];
      if (needsPressureWelding)
        held.push(issue("emergency", "pressure-welding", integerBetween(random, 1, 6 * 365 - 2)));
      if (chance(random, 0.1)) {
        const code = pick(random, [
          "GTAW-FeⅡ-6G-3/159-FefS-02/11/12",
          "SMAW-FeⅡ-3G(K)-12-Fef3J",
          "GMAW-FeⅡ-2G-10-FefS-11/15",
        ]);
        held.push(issue("special-equipment", code, integerBetween(random, 1, 4 * 365 - 2)));
      }
      return held;
    }
  }
}
