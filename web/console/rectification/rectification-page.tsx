import "../clearances/clearances.css";
import "./rectification.css";
import { type RectificationDetail, rectificationRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { EvidenceButton } from "../evidence/evidence-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { RectificationActs } from "./rectification-acts.tsx";
import { RectificationHistory } from "./rectification-history.tsx";
import { ItemClause, RectificationStatus } from "./rectification-words.tsx";

const FOLLOW_MS = 5_000;

/** One order: what is wrong, what the firm has done about it, and everything that happened. */
export function RectificationPage() {
  const { t } = useTranslation();
  const params = { rectificationId: useParams().rectificationId ?? "" };
  const query = useQuery({
    queryKey: ["rectification", params.rectificationId],
    queryFn: ({ signal }) => api.call(rectificationRoutes.getRectification, { params, signal }),
    refetchInterval: FOLLOW_MS,
  });
  const order = query.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{order?.number ?? t("common.rectification.title")}</h1>
        {order ? (
          <>
            <RectificationStatus order={order} />
            <div className="page-actions">
              <RectificationActs order={order} onDone={() => void query.refetch()} />
              <Button href={`/api/rectifications/${order.rectificationId}/notice.pdf`} download>
                {t("common.rectification.print")}
              </Button>
            </div>
          </>
        ) : null}
      </header>
      {query.isPending ? <Spin description={t("common.loading")} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {order ? (
        <div className="machine-columns">
          <div className="machine-side">
            <Facts order={order} />
            <Items order={order} />
          </div>
          <div className="machine-side">
            <RectificationHistory order={order} />
          </div>
        </div>
      ) : null}
    </main>
  );
}

function Facts({ order }: { order: RectificationDetail }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="what-title">
      <h2 id="what-title" className="panel-title">
        {order.title}
      </h2>
      <dl className="facts">
        <dt>{t("console.rectification.firm")}</dt>
        <dd>
          {order.enterpriseName} · {order.regionName}
        </dd>
        <dt>{t("console.rectification.severity")}</dt>
        <dd>
          {t(`common.alarms.severity.${order.severity}`)} · {t(`common.rectification.source.${order.source}`)}
          {order.alarmId ? (
            <>
              {" "}
              <Link to={`/alarms/${order.alarmId}`}>{t("console.rectification.alarm")}</Link>
            </>
          ) : null}
        </dd>
        <dt>{t("common.rectification.issued")}</dt>
        <dd>
          {order.issued.name} · {dateTime(order.issued.at)}
        </dd>
        <dt>{t("common.rectification.answerable")}</dt>
        <dd>{order.answerableName ?? t("common.rectification.everyOfficer")}</dd>
        <dt>{t("common.rectification.due")}</dt>
        <dd className={order.isOverdue ? "is-warn" : ""}>
          {dateTime(order.dueAt)} · {t("common.rectification.round", { round: order.round })}
        </dd>
        {order.reinspectBy ? (
          <>
            <dt>{t("common.rectification.reinspectBy")}</dt>
            <dd>{dateTime(order.reinspectBy)}</dd>
          </>
        ) : null}
        {order.machines.length > 0 ? (
          <>
            <dt>{t("common.rectification.machines")}</dt>
            <dd>
              {order.machines.map(({ machineId, name, isLocked }) => (
                <span key={machineId} data-locked={isLocked}>
                  <Link to={`/machines/${machineId}`}>{name}</Link>
                  {isLocked ? ` (${t("common.rectification.locked")})` : null}{" "}
                </span>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
    </section>
  );
}

function Items({ order }: { order: RectificationDetail }) {
  const { t } = useTranslation();
  const hasPictures = order.items.some(({ evidenceIds }) => evidenceIds.length > 0);
  return (
    <section className="panel" aria-labelledby="items-title">
      <h2 id="items-title" className="panel-title">
        {t("common.rectification.items")}
      </h2>
      <ol className="rectification-items">
        {order.items.map((item) => (
          <li key={item.itemNo} data-item={item.state}>
            <p>
              <strong>
                {item.itemNo}. {item.what}
              </strong>{" "}
              · {t(`common.rectification.itemState.${item.state}`)}
            </p>
            <p className="small">
              <ItemClause clause={item.clause} />
            </p>
            {item.answer ? (
              <p>
                {t("common.rectification.answer")}: {item.answer}
              </p>
            ) : null}
          </li>
        ))}
      </ol>
      {hasPictures ? <EvidenceButton purpose="rectification" subjectId={order.rectificationId} /> : null}
    </section>
  );
}
