import "./permits.css";
import { hotWorkPermitRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { FoundConflicts } from "../../ui/found-conflicts.tsx";
import { ReasonList } from "../../ui/reason-list.tsx";
import { ReasonButton } from "../enterprises/reason-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { PermitFacts } from "./permit-facts.tsx";
import { PermitGasTests } from "./permit-gas-tests.tsx";
import { PermitMeasures } from "./permit-measures.tsx";
import { PermitStatusTag } from "./permit-status-tag.tsx";

const STEPS = {
  suspend: hotWorkPermitRoutes.suspendHotWorkPermit,
  resume: hotWorkPermitRoutes.resumeHotWorkPermit,
  void: hotWorkPermitRoutes.voidHotWorkPermit,
} as const;

/** One permit as the desk sees it; it is approved at the place only. */
export function PermitPage() {
  const { t } = useTranslation();
  const params = { permitId: useParams().permitId ?? "" };
  const query = useQuery({
    queryKey: ["permit", params.permitId],
    queryFn: ({ signal }) => api.call(hotWorkPermitRoutes.getHotWorkPermit, { params, signal }),
    refetchInterval: 10_000,
  });
  const permit = query.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{permit?.permitNumber ?? t("console.permits.one")}</h1>
        {permit ? (
          <>
            <PermitStatusTag status={permit.status} />
            <div className="page-actions">
              {(Object.keys(STEPS) as (keyof typeof STEPS)[]).map((step) =>
                permit.may[step] ? (
                  <ReasonButton
                    key={step}
                    word={t(`common.permit.action.${step}`)}
                    lead={t(`console.permits.lead.${step}`)}
                    isDanger={step !== "resume"}
                    send={(reason) => api.call(STEPS[step], { params, body: { reason } })}
                    onDone={() => void query.refetch()}
                  />
                ) : null,
              )}
              {permit.decision ? (
                <Link to={`/rules/replay?decision=${params.permitId}`}>{t("console.permits.replay")}</Link>
              ) : null}
              <Button href={`/api/hot-work-permits/${params.permitId}/ticket.pdf`} download>
                {t("common.permit.print")}
              </Button>
            </div>
          </>
        ) : null}
      </header>
      {query.isPending ? <Spin description={t("common.loading")} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {permit ? (
        <div className="permit-columns">
          <FoundConflicts conflicts={permit.conflicts} className="panel" />
          <PermitFacts permit={permit} />
          <PermitMeasures permit={permit} />
          <PermitGasTests permit={permit} />
          {permit.decision && permit.decision.reasons.length > 0 ? (
            <section className="panel">
              <h2>{t("console.permits.decision")}</h2>
              <ReasonList reasons={permit.decision.reasons} />
            </section>
          ) : null}
        </div>
      ) : null}
    </main>
  );
}
