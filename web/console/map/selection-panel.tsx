import { exportRoutes, type MapSelection, mapPageRoutes, type SentMapFilter } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { LonLat } from "../../map/line-length.ts";
import { MACHINE_STATES } from "../../map/machine-paint.ts";
import { api } from "../../ui/api.ts";
import { useSettled } from "../../ui/use-settled.ts";
import { ExportButton } from "../ui/export-button.tsx";
import { Failure } from "../ui/failure.tsx";

/** A corner that is still being moved is not asked about. */
const WAIT_MS = 400;
const DECIMALS = 6;

/** What lies within the drawn polygon under the map's filter, and the way to take it along. */
export function SelectionPanel({ ring, filter }: { ring: readonly LonLat[]; filter: SentMapFilter }) {
  const { t } = useTranslation();
  // The last corner is the first again, which the platform adds by itself.
  const drawn = ring
    .slice(0, -1)
    .map(([east, north]) => `${east.toFixed(DECIMALS)},${north.toFixed(DECIMALS)}`)
    .join(";");
  const polygon = useSettled(drawn, WAIT_MS);
  const query = { ...filter, polygon };
  const found = useQuery({
    queryKey: ["map-selection", query],
    queryFn: ({ signal }) => api.call(mapPageRoutes.selectOnMap, { query, signal }),
    placeholderData: (before) => before,
  });
  return (
    <section className="panel picked" aria-labelledby="selection-title" data-testid="map-selection">
      <h2 id="selection-title" className="panel-title">
        {t("console.mapTools.selection.title")}
      </h2>
      {found.isError ? <Failure error={found.error} onRetry={found.refetch} /> : null}
      {found.isPending ? <p role="status">{t("console.mapTools.selection.pending")}</p> : null}
      {found.data && found.data.machines > 0 ? (
        <ExportButton
          route={exportRoutes.exportMapSelection}
          query={query as Record<string, string>}
          label={t("console.mapTools.selection.export")}
        />
      ) : null}
      {found.data ? <Figures found={found.data} /> : null}
    </section>
  );
}

function Figures({ found }: { found: MapSelection }) {
  const { t } = useTranslation();
  const word = (key: "machines" | "enterprises" | "alarms" | "workSessions" | "welders") =>
    t(`console.mapTools.selection.${key}`);
  const people = found.isWeldersWithheld ? t("console.mapTools.selection.withheld") : figure(found.welders);
  return (
    <>
      {found.machines === 0 ? <p>{t("console.mapTools.selection.empty")}</p> : null}
      <dl className="facts" aria-live="polite">
        <dt>{word("machines")}</dt>
        <dd data-testid="selected-machines">{figure(found.machines)}</dd>
        <dt>{word("enterprises")}</dt>
        <dd>{figure(found.enterprises)}</dd>
        <dt>{word("alarms")}</dt>
        <dd>{figure(found.alarms)}</dd>
        <dt>{word("workSessions")}</dt>
        <dd>{figure(found.workSessions)}</dd>
        <dt>{word("welders")}</dt>
        <dd>{people}</dd>
      </dl>
      <Counts
        title={t("console.mapTools.selection.byState")}
        rows={MACHINE_STATES.map((state) => [t(`common.state.${state}`), found.states[state]])}
      />
      <Counts
        title={t("console.mapTools.selection.byProcess")}
        rows={Object.entries(found.processes).map(([process, count]) => [
          t(`common.process.${process as "SMAW"}`),
          count,
        ])}
      />
      <Counts
        title={t("console.mapTools.selection.byType")}
        rows={Object.entries(found.enterpriseTypes).map(([type, count]) => [
          type === ""
            ? t("console.mapTools.selection.notGiven")
            : t(`common.enterprise.type.${type as "other"}`),
          count,
        ])}
      />
    </>
  );
}

/** The most frequent first; what is not there at all is left out. */
function Counts({ title, rows }: { title: string; rows: readonly (readonly [string, number])[] }) {
  const shown = rows.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  if (shown.length === 0) return null;
  return (
    <>
      <h3 className="selection-part">{title}</h3>
      <dl className="facts">
        {shown.flatMap(([name, count]) => [
          <dt key={name}>{name}</dt>,
          <dd key={`${name} count`}>{figure(count)}</dd>,
        ])}
      </dl>
    </>
  );
}

function figure(value: number | null): string {
  return value === null ? "–" : value.toLocaleString("en-US");
}
