import { siteOwnerRoutes, workSessionRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { ReasonSheet } from "../reason-sheet.tsx";

interface Answer {
  workSessionId: string;
  isConfirmed: boolean;
  reason: string;
}

/** Work that welders say is at this organisation's place: each is confirmed, or disputed with a reason. */
export function PendingSites({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation();
  const [disputed, setDisputed] = useState<string>();
  const pending = useQuery({
    queryKey: ["pending-sites", enterpriseId],
    queryFn: ({ signal }) =>
      api.call(workSessionRoutes.listWorkSessions, {
        query: { siteOwnerEnterpriseId: enterpriseId, siteOwnerState: "named", pageSize: 50 },
        signal,
      }),
    refetchInterval: 15_000,
  });
  const answer = useMutation({
    mutationFn: ({ workSessionId, ...body }: Answer) =>
      api.call(siteOwnerRoutes.answerSiteOwner, { params: { workSessionId }, body }),
    onSuccess: () => setDisputed(undefined),
    onSettled: () => pending.refetch(),
  });
  return (
    <section className="stack" aria-labelledby="pending-title" data-testid="pending-sites">
      <h2 id="pending-title">{t("mobile.enterprises.pendingSites.title")}</h2>
      <p className="soft">{t("mobile.enterprises.pendingSites.lead")}</p>
      {pending.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {pending.isError ? <p role="alert">{failureText(pending.error)}</p> : null}
      {answer.isError && !disputed ? <p role="alert">{failureText(answer.error)}</p> : null}
      {pending.data?.items.length === 0 ? (
        <p className="card">{t("mobile.enterprises.pendingSites.none")}</p>
      ) : null}
      <ul className="item-list">
        {pending.data?.items.map((work) => (
          <li key={work.workSessionId} className="card stack">
            <p>
              <strong>{work.machineName}</strong>
            </p>
            <p>
              {t("mobile.enterprises.pendingSites.by", { name: work.contractorName ?? work.enterpriseName })}{" "}
              · {work.welderName}
            </p>
            <p className="soft">
              {t("mobile.enterprises.pendingSites.at", { at: shortDateTime(work.grantedAt) })} ·{" "}
              {t(`common.sessionStatus.${work.status}`)}
            </p>
            <div className="firm-buttons">
              <Button
                className="plain"
                color="primary"
                loading={answer.isPending}
                onClick={() =>
                  answer.mutate({ workSessionId: work.workSessionId, isConfirmed: true, reason: "" })
                }
              >
                {t("mobile.enterprises.pendingSites.confirm")}
              </Button>
              <Button
                className="plain"
                color="danger"
                fill="outline"
                onClick={() => {
                  answer.reset();
                  setDisputed(work.workSessionId);
                }}
              >
                {t("mobile.enterprises.pendingSites.dispute")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {disputed ? (
        <ReasonSheet
          title={t("mobile.enterprises.pendingSites.disputeTitle")}
          label={t("mobile.enterprises.pendingSites.reason")}
          action={t("mobile.enterprises.pendingSites.send")}
          error={answer.error}
          isBusy={answer.isPending}
          onSend={(reason) => answer.mutate({ workSessionId: disputed, isConfirmed: false, reason })}
          onClose={() => setDisputed(undefined)}
        />
      ) : null}
    </section>
  );
}
