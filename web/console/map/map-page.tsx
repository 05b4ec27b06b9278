import "./map-page.css";
import { type LiveMachine, MOST_IN_VIEW, mapRoutes } from "@hanyouxu/api";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLiveView } from "../../live/use-live.ts";
import { AlarmingLayer } from "../../map/alarming-layer.tsx";
import { BaseMap } from "../../map/base-map.tsx";
import { LookFollower } from "../../map/look-follower.tsx";
import { MachineTilesLayer } from "../../map/machine-tiles-layer.tsx";
import { MachinesLayer } from "../../map/machines-layer.tsx";
import { MapView } from "../../map/map-view.tsx";
import { ReviewNotice } from "../../map/review-notice.tsx";
import { api } from "../../ui/api.ts";
import { maySee } from "../../ui/may-see.ts";
import { useMapConfig } from "../../ui/use-map-config.ts";
import { useMe } from "../../ui/use-me.ts";
import { ShownAreas } from "../key-areas/shown-areas.tsx";
import { Failure } from "../ui/failure.tsx";
import { KpiStrip } from "./kpi-strip.tsx";
import { LatestRefusals } from "./latest-refusals.tsx";
import { Legend } from "./legend.tsx";
import { MapFilters } from "./map-filters.tsx";
import { PickedList } from "./picked-list.tsx";
import { PickedMachine } from "./picked-machine.tsx";
import { useMapFilter } from "./use-map-filter.ts";
import { WorkingNow } from "./working-now.tsx";

const MOST_LISTED = 200;

/** The county on one map, live. */
export function MapPage() {
  const { t } = useTranslation();
  const config = useMapConfig();
  const { machines, counters, states, strongest, inView } = useLiveView();
  const filter = useMapFilter();
  const [picked, setPicked] = useState<readonly LiveMachine[]>([]);
  const [pickedId, setPickedId] = useState<string | null>(null);
  const [isNear, setIsNear] = useState(false);
  const [hasAreas, setHasAreas] = useState(false);
  const me = useMe().data;
  const mayRead = maySee(me, "decisions");
  // Where machines are told one by one, the tiles' counts would stand over them.
  const isDetailed = isNear && inView !== null && !inView.isTooMany;
  const shown = useMemo(
    () => (isDetailed ? [...machines.values()].slice(0, MOST_IN_VIEW) : []),
    [machines, isDetailed],
  );
  const alarming = useMemo(() => [...machines.values()].filter(({ alarm }) => alarm !== null), [machines]);

  function pick(machineIds: readonly string[]) {
    const found = machineIds.flatMap((id) => machines.get(id) ?? []);
    setPicked(found.length > 1 ? found : []);
    setPickedId(machineIds.length === 1 ? machineIds[0]! : null);
  }
  async function pickCell(cell: string) {
    const query = { ...filter.filter, cell, pageSize: MOST_LISTED };
    const { items } = await api.call(mapRoutes.listMapMachines, { query });
    setPickedId(items.length === 1 ? items[0]!.id : null);
    setPicked(items.length > 1 ? items : []);
  }
  function close() {
    setPicked([]);
    setPickedId(null);
  }

  return (
    <main className="map-page">
      <h1 className="map-title">{t("console.title")}</h1>
      {config.isError ? <Failure error={config.error} onRetry={config.refetch} /> : null}
      {config.data ? (
        <MapView
          centre={[config.data.centre.longitudeDegrees, config.data.centre.latitudeDegrees]}
          zoom={config.data.centre.zoom}
          label={t("console.map.label")}
          failedText={t("console.map.failed")}
        >
          <BaseMap base={config.data.base} />
          {maySee(me, "machines") ? (
            <>
              <LookFollower filter={filter.filter} onNear={setIsNear} />
              <MachineTilesLayer
                filter={filter.filter}
                isHidden={isDetailed}
                onPick={pick}
                onPickCell={(cell) => void pickCell(cell).catch(() => {})}
              />
              <MachinesLayer machines={shown} onPick={(id) => pick([id])} onPickMany={pick} />
              <AlarmingLayer machines={alarming} onPick={pick} />
            </>
          ) : null}
          {hasAreas ? <ShownAreas /> : null}
        </MapView>
      ) : null}
      <KpiStrip counters={counters} />
      <div className="map-left">
        <MapFilters state={filter} />
        <Legend counts={states} hidden={filter.hidden} onToggle={filter.toggle} />
        {maySee(me, "keyAreas") ? (
          <section className="panel legend">
            <button type="button" aria-pressed={hasAreas} onClick={() => setHasAreas(!hasAreas)}>
              <span className={hasAreas ? "area-swatch" : "area-swatch is-off"} aria-hidden="true" />
              <span>{t("console.map.keyAreas")}</span>
            </button>
          </section>
        ) : null}
        <Link className="panel wall-way" to="/wall">
          {t("console.wall.open")}
        </Link>
        <WorkingNow working={strongest} onPick={(id) => pick([id])} />
      </div>
      <div className="map-right">
        {pickedId === null ? null : <PickedMachine machineId={pickedId} onClose={close} />}
        {picked.length > 1 && pickedId === null ? (
          <PickedList
            machines={picked.map((machine) => machines.get(machine.id) ?? machine)}
            onPick={setPickedId}
            onClose={close}
          />
        ) : null}
        {mayRead ? <LatestRefusals count={counters?.refusedToday ?? undefined} /> : null}
      </div>
      {config.data ? (
        <ReviewNotice
          text={[
            config.data.base.kind === "xyz" ? config.data.base.attribution : "",
            config.data.approvalNumber === null
              ? t("console.map.notReviewed")
              : t("console.map.approval", { number: config.data.approvalNumber }),
          ]
            .filter(Boolean)
            .join(" · ")}
        />
      ) : null}
    </main>
  );
}
