import { type ClearancePhase, clearanceRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { PhaseText } from "./phase-text.tsx";

const FOLLOW_MS = 5_000;
const GOOD = new Set(["permit-approved", "watch-confirmed", "smoulder-closed"]);
const BAD = new Set(["stop-new-arcs", "call-station", "watch-absent", "station-forbade", "scene-failed"]);

/** All that happened, in order, and what it led to. */
export function ClearanceHistory({ clearanceId, phase }: { clearanceId: string; phase: ClearancePhase }) {
  const { t, i18n } = useTranslation();
  const history = useQuery({
    queryKey: ["clearance-history", clearanceId, phase],
    queryFn: ({ signal }) =>
      api.call(clearanceRoutes.listClearanceHistory, { params: { clearanceId }, signal }),
    placeholderData: (previous) => previous,
    refetchInterval: FOLLOW_MS,
  });
  /** A word of a newer platform is shown as it is. */
  const word = (group: "event" | "effect", name: string) => {
    const key = `console.clearances.${group}.${name}`;
    return i18n.exists(key) ? t(key as "console.clearances.event.time") : name;
  };
  return (
    <section className="panel timeline-panel" aria-labelledby="history-title">
      <h2 id="history-title" className="panel-title">
        {t("console.clearances.history")}
      </h2>
      {history.isPending ? <Spin description={t("common.loading")} /> : null}
      {history.isError ? <Failure error={history.error} onRetry={history.refetch} /> : null}
      <ol>
        {history.data?.entries.map(({ seq, at, kind, phase: after, actorName, effects }) => (
          <li key={seq} className={`timeline-row tone-${toneOf(kind, effects)}`} data-kind={kind}>
            <time dateTime={at}>{dateTime(at)}</time>
            <div>
              <p>
                <strong>{word("event", kind)}</strong> {actorName ? `· ${actorName}` : null} →{" "}
                <PhaseText phase={after} />
              </p>
              {effects.length > 0 ? (
                <p className="soft">{effects.map((effect) => word("effect", effect)).join("、")}</p>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function toneOf(kind: string, effects: readonly string[]): string {
  if (effects.some((effect) => BAD.has(effect))) return "bad";
  if (GOOD.has(kind)) return "good";
  return kind.startsWith("session-") ? "work" : "plain";
}
