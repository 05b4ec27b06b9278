import { certificateBasis } from "../certificate-family.ts";
import { daysBetween, shanghaiDay, shanghaiDayStartMs } from "../civil-day.ts";
import { platformPolicy } from "../clause.ts";
import { processTitles } from "../process.ts";
import { type CheckResult, fail, pass } from "../rule.ts";
import { latest, narrowCertificates } from "./certificate-narrowing.ts";
import { fireLaw21 } from "./clauses.ts";
import { exampleCertificate } from "./example-facts.ts";
import type { CertificateFacts, StartFacts } from "./facts.ts";
import { example, type StartRule, startRule } from "./start-rule.ts";

const hasCertificate = (facts: StartFacts) => facts.certificates.length > 0;

/** An example whose welder holds one certificate that differs from the good one. */
function holding(change: Partial<CertificateFacts>) {
  return (facts: StartFacts) => {
    facts.certificates = [{ ...exampleCertificate, ...change }];
  };
}

const tsgGtaw: CertificateFacts = {
  family: "special-equipment",
  itemId: "GTAW-FeⅡ-6G-3/159-FefS-02/11/12",
  status: "valid",
  validFromDay: "2022-11-24",
  validToDay: "2026-11-23",
  reviewDueDay: null,
};

const certificatePresent = startRule({
  id: "certificate-present",
  rank: 10,
  title: { zh: "没有登记焊接操作证", en: "No welding certificate is registered" },
  clause: fireLaw21,
  fix: {
    zh: "请先在“我的证书”登记操作证，审核通过后即可扫码开机；没有操作证请先参加培训取证",
    en: "Register your certificate under “My certificates”; without one, take the training and examination first",
  },
  check: (facts) => (facts.certificates.length > 0 ? pass() : fail()),
  examples: [
    example("one certificate is enough to be present", "pass"),
    example("no certificate", "fail", (facts) => {
      facts.certificates = [];
    }),
  ],
});

const certificateCoversProcess = startRule({
  id: "certificate-covers-process",
  rank: 11,
  title: {
    zh: "操作证不含本机的焊接方法：{processZh}",
    en: "No certificate covers this machine's process: {processEn}",
  },
  clause: fireLaw21,
  fix: {
    zh: "请使用与证书项目相符的焊机，或登记含“{processZh}”的操作证",
    en: "Use a machine that your certificate covers, or register a certificate for {processEn}",
  },
  appliesTo: hasCertificate,
  check: (facts) => {
    const { process } = facts.machine;
    const { passing } = narrowCertificates(facts.certificates, process, "", "covers-process");
    if (passing.length > 0) return pass();
    const { zh, en } = processTitles[process];
    return fail({ process, processZh: zh, processEn: en });
  },
  examples: [
    example("fusion welding covers a stick welder", "pass"),
    example("brazing does not cover a stick welder", "fail", holding({ itemId: "brazing" })),
    example("an item nobody knows covers nothing", "fail", holding({ itemId: "juggling" })),
    example("a GTAW code of TSG Z6002 does not cover SMAW", "fail", holding(tsgGtaw)),
    example("a GTAW code of TSG Z6002 covers a GTAW machine", "pass", (facts) => {
      holding(tsgGtaw)(facts);
      facts.machine.process = "GTAW";
    }),
    example("without any certificate the question does not arise", "skip", (facts) => {
      facts.certificates = [];
    }),
  ],
});

const certificateInGoodStanding = startRule({
  id: "certificate-in-good-standing",
  rank: 12,
  title: { zh: "操作证已被暂停或吊销", en: "The certificate is suspended or revoked" },
  clause: platformPolicy(),
  fix: {
    zh: "请联系发证机关或所在地消防站核实",
    en: "Ask the issuer or your local fire station to look into it",
  },
  appliesTo: hasCertificate,
  check: (facts) => {
    const { process } = facts.machine;
    const { candidates, passing } = narrowCertificates(facts.certificates, process, "", "in-good-standing");
    return passing.length > 0
      ? pass()
      : fail({ family: candidates[0]!.family, status: candidates[0]!.status });
  },
  examples: [
    example("a certificate in good standing", "pass"),
    example("a suspended certificate", "fail", holding({ status: "suspended" })),
    example("a revoked certificate", "fail", holding({ status: "revoked" })),
    example("a good one beside a revoked one", "pass", (facts) => {
      facts.certificates = [{ ...exampleCertificate, status: "revoked" }, exampleCertificate];
    }),
  ],
});

const certificateValidOnDay = startRule({
  id: "certificate-valid-on-day",
  rank: 13,
  title: {
    zh: "操作证不在有效期内（{validFromDay} 至 {validToDay}）",
    en: "The certificate is not valid today ({validFromDay} to {validToDay})",
  },
  clause: fireLaw21,
  fix: {
    zh: "请换证后更新有效期；在此之前不能开机",
    en: "Renew the certificate and update its dates; until then machines stay off",
  },
  appliesTo: hasCertificate,
  check: (facts, _policy, atMs) => {
    const day = shanghaiDay(atMs);
    const { candidates, passing } = narrowCertificates(
      facts.certificates,
      facts.machine.process,
      day,
      "valid",
    );
    if (passing.length > 0) return pass();
    const { family, validFromDay, validToDay } = latest(candidates, "validToDay")!;
    return fail({ family, validFromDay, validToDay, day }, certificateBasis(family, day));
  },
  examples: [
    example("within its dates", "pass"),
    example("on its last day", "pass", holding({ validToDay: "2026-11-23" })),
    example("the day after its last day", "fail", holding({ validToDay: "2026-11-22" })),
    example(
      "on a last day that by its own text does not count",
      "fail",
      holding({ validToDay: "2026-11-23", lastDayCounts: false }),
    ),
    example("on its first day", "pass", holding({ validFromDay: "2026-11-23" })),
    example("the day before its first day", "fail", holding({ validFromDay: "2026-11-24" })),
    example(
      "a last millisecond of the last day in Shanghai",
      "pass",
      holding({ validToDay: "2026-11-23" }),
      {},
      shanghaiDayStartMs("2026-11-24") - 1,
    ),
    example(
      "the first millisecond after it, 16:00 UTC",
      "fail",
      holding({ validToDay: "2026-11-23" }),
      {},
      shanghaiDayStartMs("2026-11-24"),
    ),
    example("a TSG certificate on its last day, inclusive", "pass", (facts) => {
      holding(tsgGtaw)(facts);
      facts.machine.process = "GTAW";
    }),
    example("a valid one for another process does not help an expired one", "fail", (facts) => {
      facts.certificates = [
        { ...exampleCertificate, validToDay: "2026-01-31" },
        { ...exampleCertificate, itemId: "brazing" },
      ];
    }),
  ],
});

const certificateReviewed = startRule({
  id: "certificate-reviewed",
  rank: 14,
  title: {
    zh: "操作证复审已逾期（应于 {reviewDueDay} 前复审）",
    en: "The periodic review is overdue (was due by {reviewDueDay})",
  },
  clause: fireLaw21,
  fix: { zh: "请参加复审并更新复审日期", en: "Have the certificate reviewed and update the review date" },
  appliesTo: hasCertificate,
  check: (facts, _policy, atMs): CheckResult => {
    const day = shanghaiDay(atMs);
    const { candidates, passing } = narrowCertificates(
      facts.certificates,
      facts.machine.process,
      day,
      "reviewed",
    );
    if (passing.length > 0) return pass();
    const { family, reviewDueDay } = latest(candidates, "reviewDueDay")!;
    const overdueDays = reviewDueDay === null ? Number.NaN : daysBetween(reviewDueDay, day);
    return fail(
      { family, reviewDueDay, overdueDays: Number.isFinite(overdueDays) ? overdueDays : null },
      certificateBasis(family, day),
    );
  },
  examples: [
    example("review due later", "pass"),
    example("review due today", "pass", holding({ reviewDueDay: "2026-11-23" })),
    example("review due yesterday", "fail", holding({ reviewDueDay: "2026-11-22" })),
    example("a certificate without periodic review", "pass", holding({ reviewDueDay: null })),
  ],
});

/** The certificates that answer all but the last question: found true. */
function unverified(facts: StartFacts, atMs: number): readonly CertificateFacts[] {
  const { candidates, passing } = narrowCertificates(
    facts.certificates,
    facts.machine.process,
    shanghaiDay(atMs),
    "verified",
  );
  return passing.length > 0 ? [] : candidates;
}

const certificateInReview = startRule({
  id: "certificate-in-review",
  rank: 15,
  title: { zh: "操作证正在审核，通过后才能开机", en: "The certificate is in review and does not count yet" },
  clause: platformPolicy(),
  fix: {
    zh: "请等待审核结果，会在“我的”中通知您；急需时请联系所在地消防站催办",
    en: "Wait for the result, which comes under “Me”; if it is urgent, ask your local fire station to look at it",
  },
  appliesTo: hasCertificate,
  check: (facts, _policy, atMs) =>
    unverified(facts, atMs).some(({ verification }) => verification === "submitted")
      ? fail({ family: unverified(facts, atMs)[0]!.family })
      : pass(),
  examples: [
    example("a verified certificate", "pass", holding({ verification: "verified" })),
    example("a certificate of an authority's own register", "pass"),
    example("a certificate in review", "fail", holding({ verification: "submitted" })),
    example("one in review beside a rejected one", "fail", (facts) => {
      facts.certificates = [
        { ...exampleCertificate, verification: "rejected" },
        { ...exampleCertificate, verification: "submitted" },
      ];
    }),
    example("one in review beside a verified one", "pass", (facts) => {
      facts.certificates = [{ ...exampleCertificate, verification: "submitted" }, exampleCertificate];
    }),
    example("a verified one for another process does not help", "fail", (facts) => {
      facts.certificates = [
        { ...exampleCertificate, verification: "submitted" },
        { ...exampleCertificate, itemId: "brazing" },
      ];
    }),
  ],
});

const certificateNotRejected = startRule({
  id: "certificate-not-rejected",
  rank: 16,
  title: { zh: "操作证未通过审核", en: "The certificate was not accepted" },
  clause: platformPolicy(),
  fix: {
    zh: "请在“我的证书”查看原因，按要求更正后重新提交",
    en: "See the reason under “My certificates”, correct it and send it again",
  },
  appliesTo: hasCertificate,
  check: (facts, _policy, atMs) => {
    const rejected = unverified(facts, atMs);
    return rejected.length > 0 && rejected.every(({ verification }) => verification === "rejected")
      ? fail({ family: rejected[0]!.family })
      : pass();
  },
  examples: [
    example("a verified certificate", "pass", holding({ verification: "verified" })),
    example("a rejected certificate", "fail", holding({ verification: "rejected" })),
    example("a certificate in review is not rejected", "pass", holding({ verification: "submitted" })),
    example("a rejected one beside a verified one", "pass", (facts) => {
      facts.certificates = [{ ...exampleCertificate, verification: "rejected" }, exampleCertificate];
    }),
  ],
});

export const certificateRules: readonly StartRule[] = [
  certificatePresent,
  certificateCoversProcess,
  certificateInGoodStanding,
  certificateValidOnDay,
  certificateReviewed,
  certificateInReview,
  certificateNotRejected,
];
