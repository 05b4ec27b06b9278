import { ApiError, type CertificateReview, certificateReviewRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { useKeys } from "../ui/use-keys.ts";
import { RejectDialog, type Rejection } from "./reject-dialog.tsx";
import { ReviewFacts } from "./review-facts.tsx";

interface Props {
  review: CertificateReview;
  onDecided: () => void;
  /** Somebody was quicker: the list is to be read again. */
  onStale: () => void;
  onMove: (step: 1 | -1) => void;
}

/** The picture beside the data, and the two buttons. */
export function ReviewPanel({ review, onDecided, onStale, onMove }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isRejecting, setIsRejecting] = useState(false);
  const { certificateId, revision } = review;
  const decide = useMutation({
    mutationFn: (decision: { verdict: "approve" } | ({ verdict: "reject" } & Rejection)) =>
      api.call(certificateReviewRoutes.decideReview, {
        params: { certificateId },
        body: { revision, ...decision },
      }),
    onSuccess: ({ state }) => {
      setIsRejecting(false);
      void message.success(
        t(state === "approved" ? "console.welders.review.approved" : "console.welders.review.sentBack"),
      );
      void client.invalidateQueries({ queryKey: ["welder", review.welderId] });
      onDecided();
    },
  });
  const isWaiting = review.state === "waiting";
  const isStale = decide.error instanceof ApiError && decide.error.status === 409;
  const approve = () => decide.mutate({ verdict: "approve" });
  const reject = () => {
    decide.reset();
    setIsRejecting(true);
  };
  const canAct = isWaiting && !decide.isPending && !isRejecting;
  useKeys({
    arrowdown: isRejecting ? undefined : () => onMove(1),
    arrowup: isRejecting ? undefined : () => onMove(-1),
    a: canAct ? approve : undefined,
    r: canAct ? reject : undefined,
  });
  return (
    <>
      <section className="panel" aria-labelledby="photo-title">
        <h2 id="photo-title" className="panel-title">
          {t("console.welders.review.photo")}
        </h2>
        {review.hasPhoto ? (
          <img
            className="review-photo"
            src={`/api/certificates/${certificateId}/photo?revision=${revision}`}
            alt={t("console.welders.review.photoAlt")}
          />
        ) : (
          <p className="is-warn">{t("console.welders.review.noPhoto")}</p>
        )}
      </section>
      <div className="review-side">
        <section className="panel" aria-labelledby="data-title">
          <h2 id="data-title" className="panel-title">
            {t("console.welders.review.data")}
          </h2>
          <ReviewFacts review={review} />
          {isWaiting ? (
            <div className="review-actions">
              <Button
                type="primary"
                title={t("console.welders.review.approveKey")}
                loading={decide.isPending && !isRejecting}
                onClick={approve}
              >
                {t("console.welders.review.approve")}
              </Button>
              <Button danger title={t("console.welders.review.rejectKey")} onClick={reject}>
                {t("console.welders.review.reject")}
              </Button>
            </div>
          ) : null}
          {decide.isError && !isRejecting ? (
            <Alert
              type="error"
              showIcon
              title={failureText(decide.error)}
              action={
                isStale ? (
                  <Button size="small" onClick={onStale}>
                    {t("console.welders.review.again")}
                  </Button>
                ) : null
              }
            />
          ) : null}
        </section>
      </div>
      {isRejecting ? (
        <RejectDialog
          isBusy={decide.isPending}
          failure={decide.error ? failureText(decide.error) : undefined}
          fields={fieldFailures(decide.error)}
          onSend={(rejection) => decide.mutate({ verdict: "reject", ...rejection })}
          onClose={() => setIsRejecting(false)}
        />
      ) : null}
    </>
  );
}
