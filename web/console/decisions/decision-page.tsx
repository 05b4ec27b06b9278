import { decisionRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ReasonList } from "../../ui/reason-list.tsx";
import { Failure } from "../ui/failure.tsx";
import { FactTree } from "./fact-tree.tsx";

/** Why a start was granted or refused: reasons, facts and policy of that moment, and the replay under its law. */
export function DecisionPage() {
  const { t } = useTranslation();
  const decisionId = useParams().decisionId ?? "";
  const decision = useQuery({
    queryKey: ["decision", decisionId],
    queryFn: ({ signal }) => api.call(decisionRoutes.getDecision, { params: { decisionId }, signal }),
  });
  const shown = decision.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.decision.detail")}</h1>
        {shown ? (
          <span className={`outcome is-${shown.outcome}`}>{t(`common.outcome.${shown.outcome}`)}</span>
        ) : null}
      </header>
      {decision.isPending ? <Spin description={t("common.loading")} /> : null}
      {decision.isError ? <Failure error={decision.error} onRetry={decision.refetch} /> : null}
      {shown ? (
        <div className="decision-columns">
          <section className="panel">
            <dl className="facts">
              <dt>{t("console.decision.at")}</dt>
              <dd>{dateTime(shown.decidedAt)}</dd>
              <dt>{t("console.decision.machine")}</dt>
              <dd>
                <Link to={`/machines/${shown.machineId}`}>{shown.machineName}</Link>
              </dd>
              <dt>{t("console.decision.welder")}</dt>
              <dd>{shown.welderName}</dd>
              <dt>{t("console.decision.id")}</dt>
              <dd className="code">{shown.decisionId}</dd>
              <dt>{t("console.decision.digest")}</dt>
              <dd className="code">{shown.packsDigest}</dd>
              <dt>{t("console.decision.replay")}</dt>
              <dd className={shown.replay.isSame ? "is-good" : "is-bad"}>
                {shown.replay.isSame
                  ? t("console.decision.replaySame")
                  : t("console.decision.replayDiffers", {
                      outcome: t(`common.outcome.${shown.replay.outcome}`),
                    })}
              </dd>
            </dl>
          </section>
          <section className="panel" aria-labelledby="reasons-title">
            <h2 id="reasons-title" className="panel-title">
              {t("console.decision.reasons")}
            </h2>
            {shown.reasons.length > 0 ? (
              <ReasonList reasons={shown.reasons} />
            ) : (
              <p>{t("console.decision.noReasons")}</p>
            )}
          </section>
          <FactTree title={t("console.decision.facts")} facts={shown.facts} />
          <FactTree title={t("console.decision.policy")} facts={shown.policy} />
        </div>
      ) : null}
    </main>
  );
}
