import { machineRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTimeInput, instantOfInput } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { PlaybackView } from "./playback-view.tsx";

const HOUR_MS = 3_600_000;
const LAST_HOURS = [1, 4, 24] as const;

/** As typed: times of Asia/Shanghai, to the minute. */
interface TypedTime {
  from: string;
  to: string;
}

/** A machine's track and readings in a time that is chosen; asked for by a button, because each look is on record. */
export function MachinePlayback({ machineId }: { machineId: string }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(() => lastHours(1));
  const [asked, setAsked] = useState<{ from: string; to: string } | null>(null);
  const query = useQuery({
    queryKey: ["machine-playback", machineId, asked],
    queryFn: ({ signal }) =>
      api.call(machineRoutes.playBackMachine, { params: { machineId }, query: asked!, signal }),
    enabled: asked !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [from, to] = [instantOfInput(typed.from), instantOfInput(typed.to)];
  return (
    <section className="panel" aria-labelledby="playback-title">
      <h2 id="playback-title" className="panel-title">
        {t("console.playback.title")}
      </h2>
      <p className="soft">{t("console.playback.within")}</p>
      <div className="playback-ask">
        {(["from", "to"] as const).map((end) => (
          <Input
            key={end}
            className="playback-time"
            type="datetime-local"
            aria-label={t(`console.playback.${end}`)}
            value={typed[end]}
            onChange={({ target }) => setTyped({ ...typed, [end]: target.value })}
          />
        ))}
        <Button
          type="primary"
          disabled={from === null || to === null}
          onClick={() => from !== null && to !== null && setAsked({ from, to })}
        >
          {t("console.playback.load")}
        </Button>
        {LAST_HOURS.map((hours) => (
          <Button key={hours} type="text" onClick={() => setTyped(lastHours(hours))}>
            {t("console.playback.lastHours", { hours })}
          </Button>
        ))}
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

/** Up to the end of the minute that runs: what was measured just now is among it. */
function lastHours(hours: number): TypedTime {
  const endMs = Math.ceil(Date.now() / 60_000) * 60_000;
  const input = (ms: number) => dateTimeInput(new Date(ms).toISOString());
  return { from: input(endMs - hours * HOUR_MS), to: input(endMs) };
}
