import { type AlarmDetail, alarmRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { PlaybackView } from "../playback/playback-view.tsx";
import { Failure } from "../ui/failure.tsx";

/** The machine's track and readings around the alarm; asked for by a button, because each look is on record. */
export function AlarmPlayback({ alarm }: { alarm: AlarmDetail }) {
  const { t } = useTranslation();
  const [isWanted, setIsWanted] = useState(false);
  const { alarmId } = alarm;
  // Not among the answers that are renewed with every change of an alarm.
  const query = useQuery({
    queryKey: ["alarm-playback", alarmId],
    queryFn: ({ signal }) => api.call(alarmRoutes.playBackAlarm, { params: { alarmId }, query: {}, signal }),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (alarm.machineId === null) return null;
  return (
    <section className="panel" aria-labelledby="playback-title">
      <h2 id="playback-title" className="panel-title">
        {t("console.playback.title")}
      </h2>
      {isWanted ? null : (
        <>
          <p className="soft">{t("console.playback.aroundAlarm")}</p>
          <Button onClick={() => setIsWanted(true)}>{t("console.playback.load")}</Button>
        </>
      )}
      {isWanted && query.isPending ? <Spin description={t("common.loading")} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {query.data?.samples.length === 0 ? <p>{t("console.playback.none")}</p> : null}
      {query.data && query.data.samples.length > 0 ? (
        <PlaybackView playback={query.data} alarmMs={Date.parse(query.data.occurredAt)} />
      ) : null}
    </section>
  );
}
