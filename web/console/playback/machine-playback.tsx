import { MAX_MACHINE_PLAYBACK_HOURS, machineRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker, Spin } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";
import { PlaybackView } from "./playback-view.tsx";

const LAST_HOURS = [1, 4, 24] as const;

/** A machine's track and readings in a time that is chosen; asked for by a button, because each look is on record. */
export function MachinePlayback({ machineId }: { machineId: string }) {
  const { t } = useTranslation();
  const [[from, to], setTime] = useState<[Dayjs, Dayjs]>(() => lastHours(1));
  const [asked, setAsked] = useState<{ from: string; to: string } | null>(null);
  const query = useQuery({
    queryKey: ["machine-playback", machineId, asked],
    queryFn: ({ signal }) =>
      api.call(machineRoutes.playBackMachine, { params: { machineId }, query: asked!, signal }),
    enabled: asked !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <section className="panel" aria-labelledby="playback-title">
      <h2 id="playback-title" className="panel-title">
        {t("console.playback.title")}
      </h2>
      <p className="soft">{t("console.playback.within")}</p>
      <div className="playback-ask">
        <DatePicker.RangePicker
          aria-label={t("console.playback.time")}
          showTime={{ format: "HH:mm" }}
          format="YYYY-MM-DD HH:mm"
          allowClear={false}
          value={[from, to]}
          presets={LAST_HOURS.map((hours) => ({
            label: t("console.playback.lastHours", { hours }),
            value: () => lastHours(hours),
          }))}
          disabledDate={(day, { from: begin }) =>
            begin ? Math.abs(day.diff(begin, "hours")) > MAX_MACHINE_PLAYBACK_HOURS : false
          }
          onChange={(times) => times?.[0] && times[1] && setTime([times[0], times[1]])}
        />
        <Button onClick={() => setAsked({ from: from.toISOString(), to: to.toISOString() })}>
          {t("console.playback.load")}
        </Button>
      </div>
      {query.isFetching ? <Spin description={t("common.loading")} /> : null}
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {query.data?.samples.length === 0 ? <p>{t("console.playback.none")}</p> : null}
      {query.data && query.data.samples.length > 0 ? (
        // Another time is another track, looked at from its beginning.
        <PlaybackView key={query.data.from} playback={query.data} alarmMs={null} />
      ) : null}
    </section>
  );
}

function lastHours(hours: number): [Dayjs, Dayjs] {
  const now = dayjs();
  return [now.subtract(hours, "hours"), now];
}
