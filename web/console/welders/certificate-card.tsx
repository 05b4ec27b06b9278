import type { Certificate } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useCertificateWords } from "./certificate-words.tsx";
import { StandingButton } from "./standing-button.tsx";

/** A certificate with what can be done about it: reviewed while it waits, suspended once it is verified. */
export function CertificateCard({ certificate, welderId }: { certificate: Certificate; welderId: string }) {
  const { t } = useTranslation();
  const words = useCertificateWords();
  const { certificateId, verification, status, rejection } = certificate;
  const isGood = verification === "verified" && status === "valid" && !certificate.isExpired;
  const state =
    verification !== "verified"
      ? t(`common.certificates.verification.${verification}`)
      : status === "valid" && certificate.isExpired
        ? t("common.certificates.expired")
        : t(`common.certificateStatus.${status}`);
  return (
    <article className="certificate-card">
      <div className="certificate-head">
        <strong>{words("certificateItem", certificate.item)}</strong>
        <span className={isGood ? "is-good" : "is-warn"}>{state}</span>
        <div className="page-actions">
          {verification === "verified" ? (
            (["suspended", "revoked", "valid"] as const)
              .filter((next) => next !== status)
              .map((next) => (
                <StandingButton key={next} certificateId={certificateId} welderId={welderId} status={next} />
              ))
          ) : (
            <Link
              to={`/certificate-reviews?state=${verification === "submitted" ? "waiting" : "rejected"}&id=${certificateId}`}
            >
              {t("console.welders.page.review")}
            </Link>
          )}
        </div>
      </div>
      <dl className="facts">
        <dt>{t("console.welders.list.family")}</dt>
        <dd>{words("family", certificate.family)}</dd>
        <dt>{t("console.welders.review.number")}</dt>
        <dd className="code">{certificate.number ?? "–"}</dd>
        <dt>{t("console.welders.review.validFrom")}</dt>
        <dd>{certificate.validFrom}</dd>
        <dt>{t("console.welders.review.validTo")}</dt>
        <dd>{certificate.validTo}</dd>
        <dt>{t("console.welders.review.reviewDueOn")}</dt>
        <dd>{certificate.reviewDueOn ?? t("console.welders.review.none")}</dd>
        {rejection ? (
          <>
            <dt>{t("console.welders.review.rejectReason")}</dt>
            <dd className="is-warn">
              {t(`common.certificates.rejection.${rejection.reason}`)} {rejection.text}
            </dd>
          </>
        ) : null}
      </dl>
    </article>
  );
}
