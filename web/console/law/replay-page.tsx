import "./law.css";
import { lawPackRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Input, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ReasonList } from "../../ui/reason-list.tsx";
import { Failure } from "../ui/failure.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { LawNav } from "./law-nav.tsx";

/** A stored decision beside the same facts decided again under the law of its day. */
export function ReplayPage() {
  const { t } = useTranslation();
  const list = useListState();
  const decisionId = list.text("decision");
  const replay = useQuery({
    queryKey: ["law-replay", decisionId],
    queryFn: ({ signal }) =>
      api.call(lawPackRoutes.replayDecision, { params: { decisionId: decisionId! }, signal }),
    enabled: decisionId !== undefined,
  });
  const shown = replay.data;
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.lawPacks.nav.replay")}</h1>
      <LawNav />
      <p className="soft">{t("console.lawPacks.replayLead")}</p>
      <Input.Search
        key={decisionId}
        className="law-decision"
        aria-label={t("console.decision.id")}
        placeholder={t("console.decision.id")}
        enterButton={t("console.lawPacks.replay")}
        defaultValue={decisionId ?? ""}
        maxLength={36}
        onSearch={(text) => list.set({ decision: text.trim() })}
      />
      {replay.isFetching && !shown ? <Spin description={t("common.loading")} /> : null}
      {replay.isError ? <Failure error={replay.error} onRetry={replay.refetch} /> : null}
      {shown ? (
        <>
          <p role="status" className={shown.isSame ? "is-good" : "is-bad"}>
            {t(shown.isSame ? "console.lawPacks.same" : "console.lawPacks.different")}{" "}
            {t(shown.isSameLaw ? "console.lawPacks.sameLaw" : "console.lawPacks.otherLaw")}
          </p>
          <dl className="facts">
            <dt>{t("console.decision.at")}</dt>
            <dd>{dateTime(shown.decidedAt)}</dd>
            <dt>{t("console.decision.id")}</dt>
            <dd>
              <Link
                className="code"
                to={`/${shown.about === "start" ? "decisions" : "permits"}/${shown.decisionId}`}
              >
                {shown.decisionId}
              </Link>
            </dd>
          </dl>
          <div className="decision-columns">
            {(["stored", "again"] as const).map((part) => (
              <section key={part} className="panel" data-replay={part}>
                <h2 className="panel-title">{t(`console.lawPacks.${part}`)}</h2>
                <p className={`outcome is-${shown[part].outcome}`}>
                  {t(`common.outcome.${shown[part].outcome}`)}
                </p>
                <ReasonList reasons={shown[part].reasons} />
                <p className="code small">{shown[part].packsDigest}</p>
              </section>
            ))}
          </div>
        </>
      ) : null}
    </main>
  );
}
