import { type CertificateReview, certificateReviewRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useCertificateWords } from "./certificate-words.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";

/** What the welder entered and what the registry says to it; numbers masked until somebody gives a reason. */
export function ReviewFacts({ review }: { review: CertificateReview }) {
  const { t } = useTranslation();
  const words = useCertificateWords();
  const [isAsking, setIsAsking] = useState(false);
  const unmask = useMutation({
    mutationFn: (reason: string) =>
      api.call(certificateReviewRoutes.unmaskReview, {
        params: { certificateId: review.certificateId },
        body: { reason },
      }),
    onSuccess: () => setIsAsking(false),
  });
  const full = unmask.data;
  const differs = (field: string) => (review.registryDiffers.includes(field) ? "review-differs" : undefined);
  const { registryOutcome, rejection } = review;
  const rows = [
    { field: "name", title: t("console.welders.review.welder"), value: full?.name ?? review.welderName },
    {
      field: "identityNumber",
      title: t("console.welders.list.identityNumber"),
      value: full?.identityNumber ?? review.identityNumber ?? "–",
    },
    { field: "family", title: t("console.welders.list.family"), value: words("family", review.family) },
    { field: "item", title: t("console.welders.review.item"), value: words("certificateItem", review.item) },
    {
      field: "number",
      title: t("console.welders.review.number"),
      value: full?.number ?? review.number ?? "–",
    },
    { field: "validFrom", title: t("console.welders.review.validFrom"), value: review.validFrom },
    { field: "validTo", title: t("console.welders.review.validTo"), value: review.validTo },
    {
      field: "reviewDueOn",
      title: t("console.welders.review.reviewDueOn"),
      value: review.reviewDueOn ?? t("console.welders.review.none"),
    },
  ];
  return (
    <>
      <dl className="facts">
        {rows.map(({ field, title, value }) => (
          <div key={field} style={{ display: "contents" }}>
            <dt>{title}</dt>
            <dd className={differs(field)}>
              {field === "name" ? <Link to={`/welders/${review.welderId}`}>{value}</Link> : value}
              {differs(field) ? ` · ${t("console.welders.review.differs")}` : null}
            </dd>
          </div>
        ))}
        <dt>{t("console.welders.review.outcome")}</dt>
        <dd className={registryOutcome === "valid" ? "is-good" : "is-warn"}>
          {registryOutcome ? t(`common.certificates.registry.${registryOutcome}`) : "–"}
        </dd>
        <dt>{t("console.welders.review.submittedAt")}</dt>
        <dd>{review.submittedAt ? dateTime(review.submittedAt) : "–"}</dd>
        {review.decidedAt ? (
          <>
            <dt>{t("console.welders.review.decidedBy")}</dt>
            <dd>
              {review.decidedBy === "registry"
                ? t("console.welders.review.registryPerson")
                : review.decidedBy}{" "}
              {dateTime(review.decidedAt)}
            </dd>
          </>
        ) : null}
        {rejection ? (
          <>
            <dt>{t("console.welders.review.rejectReason")}</dt>
            <dd className="is-warn">
              {t(`common.certificates.rejection.${rejection.reason}`)} {rejection.text}
            </dd>
          </>
        ) : null}
      </dl>
      {full ? null : (
        <Button className="review-unmask" size="small" onClick={() => setIsAsking(true)}>
          {t("console.welders.review.unmask")}
        </Button>
      )}
      {isAsking ? (
        <ReasonDialog
          title={t("console.welders.review.unmask")}
          lead={t("console.welders.review.unmaskLead")}
          label={t("console.welders.review.unmaskReason")}
          isBusy={unmask.isPending}
          error={unmask.error}
          onSend={(reason) => unmask.mutate(reason)}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
    </>
  );
}
