import { ALARMS_KEY, useToldAlarms } from "../../live/use-live.ts";
import "../clearances/clearances.css";
import "./alarms.css";
import { type AlarmSummary, alarmRoutes, exportRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { NavigationType, useNavigate, useNavigationType } from "react-router";
import { api } from "../../ui/api.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { Failure } from "../ui/failure.tsx";
import { PlacesPanel } from "../ui/places-panel.tsx";
import { useKeys } from "../ui/use-keys.ts";
import { useListState } from "../ui/use-list-state.ts";
import { AlarmCard } from "./alarm-card.tsx";
import { AlarmFilters } from "./alarm-filters.tsx";
import { alarmQueryOf } from "./alarm-query.ts";
import { AlarmQueue } from "./alarm-queue.tsx";
import { BulkAcknowledge } from "./bulk-acknowledge.tsx";
import { MuteButton } from "./mute-button.tsx";
import { FOLLOW_MS, usePlatformNowMs } from "./platform-now.ts";
import { useAlarm, useAlarmAct } from "./use-alarm.ts";
import { useHeld, useLookedAt } from "./use-looked-at.ts";
import { withTold } from "./with-told.ts";

/** The desk: what is open, dangers first, where it is, and what can be done about the one that is looked at. */
export function AlarmsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useListState();
  const nowMs = usePlatformNowMs();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const query = alarmQueryOf(list);
  const { page: _page, pageSize: _pageSize, ...filters } = query;
  const alarms = useQuery({
    queryKey: [ALARMS_KEY, "list", query],
    queryFn: ({ signal }) => api.call(alarmRoutes.listAlarms, { query, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  const reach = { region: query.region, enterpriseId: query.enterpriseId };
  const counts = useQuery({
    queryKey: [ALARMS_KEY, "counts", reach],
    queryFn: ({ signal }) => api.call(alarmRoutes.countAlarms, { query: reach, signal }),
    refetchInterval: FOLLOW_MS,
  });
  const [isOverList, setOverList] = useState(false);
  const told = useToldAlarms();
  const asked = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query is a new object each time, its words are not.
  const listed = useMemo(
    () => alarms.data && (alarms.isPlaceholderData ? alarms.data : withTold(alarms.data, told, query)),
    [alarms.data, alarms.isPlaceholderData, told, asked],
  );
  const shown = useHeld(listed, isOverList, JSON.stringify([asked, alarms.isPlaceholderData]));
  // The order stands still; what is said of each is of now.
  const fresh = new Map(listed?.items.map((alarm) => [alarm.alarmId, alarm]));
  const items = (shown?.items ?? []).map((alarm) => fresh.get(alarm.alarmId) ?? alarm);
  const [currentId, lookAt] = useLookedAt({
    list: asked,
    ids: shown?.items.map(({ alarmId }) => alarmId),
    isSettled: !alarms.isPlaceholderData,
    chosen: list.text("id"),
    isReturn: useNavigationType() === NavigationType.Pop,
  });
  const detail = useAlarm(currentId).data;
  const current: AlarmSummary | undefined = items.find(({ alarmId }) => alarmId === currentId) ?? detail;
  const pick = (alarm: AlarmSummary | undefined) => {
    if (!alarm) return;
    lookAt(alarm.alarmId);
    list.set({ id: alarm.alarmId, page: String(list.page) });
  };
  const open = (alarm: AlarmSummary | undefined) => alarm && void navigate(`/alarms/${alarm.alarmId}`);
  const move = (step: 1 | -1) => pick(items[current ? items.indexOf(current) + step : 0]);
  const mark = (alarmId: string) =>
    setMarked((before) => {
      const after = new Set(before);
      if (!after.delete(alarmId)) after.add(alarmId);
      return after;
    });
  const acknowledge = useAlarmAct(current?.alarmId ?? "", (alarmId: string) =>
    api.call(alarmRoutes.acknowledgeAlarm, { params: { alarmId }, body: {} }),
  );
  const mayAcknowledge = detail?.mayDo.includes("acknowledge") && !acknowledge.isPending;
  useKeys({
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    enter: current ? () => open(current) : undefined,
    x: current?.handling === "unacknowledged" ? () => mark(current.alarmId) : undefined,
    a: mayAcknowledge && current ? () => acknowledge.mutate(current.alarmId) : undefined,
  });
  const places = [current, ...items.filter((item) => item !== current)].flatMap(
    (alarm) => alarm?.place ?? [],
  );
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{t("console.alarms.title")}</h1>
        <div className="page-actions">
          <ExportButton route={exportRoutes.exportAlarms} query={filters} />
          <MuteButton />
        </div>
      </header>
      <AlarmFilters list={list} counts={counts.data} />
      <BulkAcknowledge items={items} marked={marked} onMark={(alarmIds) => setMarked(new Set(alarmIds))} />
      {alarms.isPending ? <Spin description={t("common.loading")} /> : null}
      {alarms.isError ? <Failure error={alarms.error} onRetry={alarms.refetch} /> : null}
      {acknowledge.isError ? <Failure error={acknowledge.error} /> : null}
      {listed ? (
        <div className="alarm-columns">
          {current ? (
            <AlarmQueue
              list={list}
              items={items}
              // How many there are is of now, also while their order stands still.
              total={listed.total}
              nowMs={nowMs}
              current={current}
              marked={marked}
              onPick={pick}
              onOpen={open}
              onMark={mark}
              onHold={setOverList}
            />
          ) : (
            <p className="panel soft">{items.length === 0 ? t("console.alarms.none") : null}</p>
          )}
          {/* Drawn before there is anything to show: the first alarm does not wait for a map. */}
          <PlacesPanel places={places} label={t("console.alarms.map")} />
          {current ? <AlarmCard key={current.alarmId} alarmId={current.alarmId} /> : null}
        </div>
      ) : null}
    </main>
  );
}
