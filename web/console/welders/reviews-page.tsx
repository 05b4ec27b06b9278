import "./welders.css";
import {
  type CertificateReview,
  certificateFamily,
  certificateReviewRoutes,
  registryOutcome,
  reviewState,
} from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Pagination, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { useCertificateWords } from "./certificate-words.tsx";
import { ReviewPanel } from "./review-panel.tsx";

/** Certificates one after the other: the queue, the picture, and what was entered, side by side. */
export function ReviewsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const query = {
    page: list.page,
    pageSize: list.pageSize,
    state: list.oneOf("state", reviewState.options) ?? "waiting",
    family: list.oneOf("family", certificateFamily.options),
    outcome: list.oneOf("outcome", registryOutcome.options),
  };
  const reviews = useQuery({
    queryKey: ["reviews", query],
    queryFn: ({ signal }) => api.call(certificateReviewRoutes.listReviews, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: 15_000,
  });
  const items = reviews.data?.items ?? [];
  const wanted = list.text("id");
  const at = Math.max(
    0,
    items.findIndex(({ certificateId }) => certificateId === wanted),
  );
  const current = items[at];
  const select = (index: number) => {
    const item = items[index];
    if (item) list.set({ id: item.certificateId, page: String(list.page) });
  };
  /** The next one takes the place of the one that was decided. */
  const goOn = () => {
    const next = items[at + 1] ?? items[at - 1];
    list.set({ id: next?.certificateId });
    void reviews.refetch();
  };
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.welders.review.title")}</h1>
        {query.state === "waiting" && reviews.data ? (
          <span className="is-warn">{t("console.welders.review.queue", { count: reviews.data.total })}</span>
        ) : null}
        <span className="soft small">{t("console.welders.review.keys")}</span>
      </header>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="state"
          label={t("console.welders.review.state")}
          values={reviewState.options}
          wordFor={(state) => t(`console.welders.review.states.${state}`)}
        />
        <ChoiceFilter
          list={list}
          name="outcome"
          label={t("console.welders.review.outcome")}
          values={registryOutcome.options}
          wordFor={(outcome) => t(`common.certificates.registry.${outcome}`)}
        />
        <ChoiceFilter
          list={list}
          name="family"
          label={t("console.welders.list.family")}
          values={certificateFamily.options}
          wordFor={(family) => t(`common.family.${family}`)}
        />
      </FilterBar>
      {reviews.isPending ? <Spin description={t("common.loading")} /> : null}
      {reviews.isError ? <Failure error={reviews.error} onRetry={reviews.refetch} /> : null}
      {reviews.data && items.length === 0 ? (
        <p className="panel soft">
          {t(query.state === "waiting" ? "console.welders.review.emptyWaiting" : "console.list.empty")}
        </p>
      ) : null}
      {current ? (
        <div className="review-columns">
          <nav className="panel" aria-label={t("console.welders.review.title")}>
            <div className="review-queue">
              {items.map((item, index) => (
                <QueueItem
                  key={item.certificateId}
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
          <ReviewPanel
            key={`${current.certificateId}/${current.revision}`}
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

function QueueItem(props: { item: CertificateReview; isCurrent: boolean; onPick: () => void }) {
  const { t } = useTranslation();
  const words = useCertificateWords();
  const { item, isCurrent, onPick } = props;
  return (
    <button
      type="button"
      className="review-item"
      aria-current={isCurrent}
      data-review={item.certificateId}
      onClick={onPick}
    >
      <strong>{item.welderName}</strong>
      <span>{words("certificateItem", item.item)}</span>
      <span className="soft small">
        {item.regionName} · {t(`common.certificates.registry.${item.registryOutcome ?? "unreachable"}`)}
      </span>
      <span className="soft small">{item.submittedAt ? dateTime(item.submittedAt) : null}</span>
    </button>
  );
}
