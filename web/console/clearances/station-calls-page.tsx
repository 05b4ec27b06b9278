import "./clearances.css";
import { stationCallRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Pagination, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { ChoiceFilter, FilterBar } from "../ui/filter-bar.tsx";
import { PlacesPanel } from "../ui/places-panel.tsx";
import { useListState } from "../ui/use-list-state.ts";
import { StationCallPanel } from "./station-call-panel.tsx";

const FOLLOW_MS = 5_000;
const OPEN = ["true", "false"] as const;

/** The calls of the person's regions as a list and on the map, with the one that is looked at. */
export function StationCallsPage() {
  const { t } = useTranslation();
  const list = useListState();
  const query = { page: list.page, pageSize: list.pageSize, isOpen: list.oneOf("isOpen", OPEN) ?? "true" };
  const calls = useQuery({
    queryKey: ["station-calls", query],
    queryFn: ({ signal }) => api.call(stationCallRoutes.listStationCalls, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const items = calls.data?.items ?? [];
  const wanted = list.text("id");
  const current = items.find(({ stationCallId }) => stationCallId === wanted) ?? items[0];
  // The one that is looked at is the first, the map's main place.
  const places = current
    ? [current, ...items.filter((item) => item !== current)].map(({ place }) => place)
    : [];
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.clearances.call.title")}</h1>
        <a href="/m/#/station-calls">{t("console.clearances.call.onPhone")}</a>
      </header>
      <FilterBar list={list}>
        <ChoiceFilter
          list={list}
          name="isOpen"
          label={t("console.clearances.openOrEnded")}
          values={OPEN}
          wordFor={(open) =>
            t(open === "true" ? "console.clearances.call.open" : "console.clearances.call.over")
          }
        />
      </FilterBar>
      {calls.isPending ? <Spin description={t("common.loading")} /> : null}
      {calls.isError ? <Failure error={calls.error} onRetry={calls.refetch} /> : null}
      {calls.data && items.length === 0 ? (
        <p className="panel soft">{t("console.clearances.call.none")}</p>
      ) : null}
      {current ? (
        <div className="scene-columns">
          <nav className="panel" aria-label={t("console.clearances.call.title")}>
            <div className="scene-queue">
              {items.map((item) => (
                <button
                  key={item.stationCallId}
                  type="button"
                  className="queue-item"
                  aria-current={item === current}
                  data-call={item.stationCallId}
                  onClick={() => list.set({ id: item.stationCallId, page: String(list.page) })}
                >
                  <strong>{item.keyAreaName}</strong>
                  <span>
                    {t(`common.clearances.cause.${item.cause}`)} ·{" "}
                    {t(`common.clearances.call.${item.status}`)}
                  </span>
                  <span className="soft small">
                    {item.regionName} · {dateTime(item.calledAt)}
                  </span>
                </button>
              ))}
            </div>
            <Pagination
              simple
              size="small"
              current={list.page}
              pageSize={list.pageSize}
              total={calls.data?.total ?? 0}
              hideOnSinglePage
              onChange={list.setPage}
            />
          </nav>
          <PlacesPanel places={places} label={t("console.clearances.call.map")} />
          <StationCallPanel key={current.stationCallId} call={current} onChanged={calls.refetch} />
        </div>
      ) : null}
    </main>
  );
}
