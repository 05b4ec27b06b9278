import "../clearances/clearances.css";
import { type ConflictSide, workConflictRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ConflictClause, ConflictDistance } from "../../ui/found-conflicts.tsx";
import { ReasonButton } from "../enterprises/reason-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { PlacesPanel } from "../ui/places-panel.tsx";
import { ConflictContacts } from "./conflict-contacts.tsx";

const FOLLOW_MS = 5_000;
/** A metre is seven pixels. */
const CLOSE_ZOOM = 20;

/** One conflict: both works, where they are, and what the firms do about it. */
export function ConflictPage() {
  const { t } = useTranslation();
  const params = { workConflictId: useParams().workConflictId ?? "" };
  const query = useQuery({
    queryKey: ["work-conflict", params.workConflictId],
    queryFn: ({ signal }) => api.call(workConflictRoutes.getWorkConflict, { params, signal }),
    refetchInterval: FOLLOW_MS,
  });
  const conflict = query.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">
          {conflict ? t(`common.simultaneousWork.kind.${conflict.kind}`) : t("console.simultaneousWork.one")}
        </h1>
        {conflict?.mayAcknowledge ? (
          <div className="page-actions">
            <ReasonButton
              word={t("console.simultaneousWork.acknowledge")}
              lead={t("console.simultaneousWork.acknowledgeLead")}
              send={(note) =>
                api.call(workConflictRoutes.acknowledgeWorkConflict, { params, body: { note } })
              }
              onDone={() => void query.refetch()}
            />
          </div>
        ) : null}
      </header>
      {query.isPending ? <Spin description={t("common.loading")} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {conflict ? (
        <div className="machine-columns">
          <div className="machine-side">
            <section className="panel" data-state={conflict.clearedBecause ?? "open"}>
              <h2 className="panel-title">
                {conflict.clearedBecause
                  ? t(`console.simultaneousWork.${conflict.clearedBecause}`)
                  : t("console.simultaneousWork.open")}
              </h2>
              <ConflictDistance {...conflict} />
              {conflict.clearedAt ? null : (
                <p>{t("common.simultaneousWork.fix", { metres: conflict.limitMetres })}</p>
              )}
              <ConflictClause clause={conflict.clause} />
              <dl className="facts">
                <dt>{t("console.simultaneousWork.region")}</dt>
                <dd>{conflict.regionName}</dd>
                <dt>{t("console.simultaneousWork.raised")}</dt>
                <dd>{dateTime(conflict.raisedAt)}</dd>
                <dt>{t("console.simultaneousWork.cleared")}</dt>
                <dd>{conflict.clearedAt ? dateTime(conflict.clearedAt) : "–"}</dd>
              </dl>
            </section>
            <SideFacts side={conflict.one} title={t("console.simultaneousWork.hotWork")} />
            <SideFacts side={conflict.other} title={t("console.simultaneousWork.other")} />
          </div>
          <div className="machine-side">
            <PlacesPanel
              places={[conflict.one.place, conflict.other.place]}
              label={t("console.simultaneousWork.map")}
              hasWays
              nearestZoom={CLOSE_ZOOM}
            />
            <section className="panel">
              <h2 className="panel-title">{t("console.simultaneousWork.acknowledgements")}</h2>
              {conflict.acknowledgements.length === 0 ? (
                <p className="soft">{t("console.simultaneousWork.silent")}</p>
              ) : null}
              {conflict.acknowledgements.map(({ enterpriseName, note, at }) => (
                <p key={enterpriseName}>
                  <strong>{enterpriseName}</strong> · {dateTime(at)}
                  <br />
                  {note}
                </p>
              ))}
            </section>
            {conflict.clearedAt ? null : <ConflictContacts workConflictId={conflict.workConflictId} />}
          </div>
        </div>
      ) : null}
    </main>
  );
}

const PAGES = { clearance: "/clearances/", permit: "/permits/" } as const;

function SideFacts({ side, title }: { side: ConflictSide; title: string }) {
  const { t } = useTranslation();
  const words = t(`common.simultaneousWork.kind.${side.kind}`);
  return (
    <section className="panel">
      <h2 className="panel-title">{title}</h2>
      <dl className="facts">
        <dt>{t("console.simultaneousWork.kind")}</dt>
        <dd>
          {side.subject === "other-work" ? (
            words
          ) : (
            <Link to={`${PAGES[side.subject]}${side.id}`}>{words}</Link>
          )}
        </dd>
        <dt>{t("console.simultaneousWork.firm")}</dt>
        <dd>{side.enterpriseName ?? t("common.simultaneousWork.unnamed")}</dd>
        <dt>{t("console.simultaneousWork.siteOwner")}</dt>
        <dd>{side.siteOwnerName ?? "–"}</dd>
        <dt>{t("console.simultaneousWork.placeDescription")}</dt>
        <dd>{side.placeName}</dd>
        <dt>{t("console.simultaneousWork.floor")}</dt>
        <dd>{side.floor ?? "–"}</dd>
        <dt>{t("console.simultaneousWork.from")}</dt>
        <dd>{dateTime(side.from)}</dd>
        <dt>{t("console.simultaneousWork.to")}</dt>
        <dd>{side.to ? dateTime(side.to) : "–"}</dd>
      </dl>
    </section>
  );
}
