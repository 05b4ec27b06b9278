import "./clearances.css";
import { type SceneReview, sceneCheckRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Pagination, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { ScenePanel } from "./scene-panel.tsx";

const STATES = ["waiting", "decided"] as const;
const FOLLOW_MS = 5_000;

/** Scenes one after the other: the queue, the pictures, what is wrong in them, and the verdict. */
export function SceneReviewsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const state = list.oneOf("state", STATES) ?? "waiting";
  const query = { page: list.page, pageSize: list.pageSize, state };
  const reviews = useQuery({
    queryKey: ["scene-reviews", query],
    queryFn: ({ signal }) => api.call(sceneCheckRoutes.listSceneReviews, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const items = reviews.data?.items ?? [];
  const wanted = list.text("id");
  const at = Math.max(
    0,
    items.findIndex(({ sceneCheckId }) => sceneCheckId === wanted),
  );
  const current = items[at];
  const select = (index: number) => {
    const item = items[index];
    if (item) list.set({ id: item.sceneCheckId, page: String(list.page) });
  };
  /** The next one takes the place of the one that was decided. */
  const goOn = () => {
    const next = items[at + 1] ?? items[at - 1];
    list.set({ id: next?.sceneCheckId });
    void reviews.refetch();
  };
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.clearances.review.title")}</h1>
        {state === "waiting" && reviews.data ? (
          <span className="is-warn">
            {t("console.clearances.review.queue", { count: reviews.data.total })}
          </span>
        ) : null}
        <span className="soft small">{t("console.clearances.review.keys")}</span>
      </header>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="state"
          label={t("console.clearances.review.state")}
          values={STATES}
          wordFor={(one) => t(`console.clearances.review.states.${one}`)}
        />
      </FilterBar>
      {reviews.isPending ? <Spin description={t("common.loading")} /> : null}
      {reviews.isError ? <Failure error={reviews.error} onRetry={reviews.refetch} /> : null}
      {reviews.data && items.length === 0 ? (
        <p className="panel soft">{t("console.clearances.review.empty")}</p>
      ) : null}
      {current ? (
        <div className="scene-columns">
          <nav className="panel" aria-label={t("console.clearances.review.title")}>
            <div className="scene-queue">
              {items.map((item, index) => (
                <QueueItem
                  key={item.sceneCheckId}
                  item={item}
                  isCurrent={index === at}
                  onPick={() => select(index)}
                />
              ))}
            </div>
            <Pagination
              simple
              size="small"
              current={list.page}
              pageSize={list.pageSize}
              total={reviews.data?.total ?? 0}
              hideOnSinglePage
              onChange={list.setPage}
            />
          </nav>
          <ScenePanel
            key={current.sceneCheckId}
            review={current}
            onDecided={goOn}
            onStale={() => void reviews.refetch()}
            onMove={(step) => select(at + step)}
          />
        </div>
      ) : null}
    </main>
  );
}

function QueueItem(props: { item: SceneReview; isCurrent: boolean; onPick: () => void }) {
  const { t } = useTranslation();
  const { item, isCurrent, onPick } = props;
  return (
    <button
      type="button"
      className="queue-item"
      aria-current={isCurrent}
      data-scene={item.sceneCheckId}
      onClick={onPick}
    >
      <strong>{item.keyAreaName}</strong>
      <span>
        {item.machineName} · {item.welderName}
      </span>
      <span className="soft small">
        {t("common.clearances.attempt", { count: item.attempt })} ·{" "}
        {t(`common.clearances.checkStatus.${item.status}`)}
      </span>
      <span className={item.isOverdue ? "is-bad small" : "soft small"}>
        {item.isOverdue ? t("console.clearances.review.overdue") : dateTime(item.submittedAt)}
      </span>
    </button>
  );
}
