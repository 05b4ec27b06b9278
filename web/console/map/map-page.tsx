import "./map-page.css";
import type { LiveMachine, MachineState } from "@hanyouxu/api";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLiveView } from "../../live/use-live.ts";
import { BaseMap } from "../../map/base-map.tsx";
import { MachinesLayer } from "../../map/machines-layer.tsx";
import { MapView } from "../../map/map-view.tsx";
import { ReviewNotice } from "../../map/review-notice.tsx";
import { maySee } from "../../ui/may-see.ts";
import { useMapConfig } from "../../ui/use-map-config.ts";
import { useMe } from "../../ui/use-me.ts";
import { ShownAreas } from "../key-areas/shown-areas.tsx";
import { Failure } from "../ui/failure.tsx";
import { KpiStrip } from "./kpi-strip.tsx";
import { LatestRefusals } from "./latest-refusals.tsx";
import { Legend } from "./legend.tsx";
import { PickedList } from "./picked-list.tsx";
import { PickedMachine } from "./picked-machine.tsx";
import { WorkingNow } from "./working-now.tsx";

/** The county on one map, live. */
export function MapPage() {
  const { t } = useTranslation();
  const config = useMapConfig();
  const { machines, counters } = useLiveView();
  const [hidden, setHidden] = useState<ReadonlySet<MachineState>>(new Set());
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [hasAreas, setHasAreas] = useState(false);
  const me = useMe().data;
  const mayRead = maySee(me, "decisions");
  const all = useMemo(() => [...machines.values()], [machines]);
  const shown = useMemo(() => all.filter(({ state }) => !hidden.has(state)), [all, hidden]);
  const pickedMachines = picked
    .map((id) => machines.get(id))
    .filter((machine): machine is LiveMachine => !!machine);

  function toggle(state: MachineState) {
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(state)) after.add(state);
      return after;
    });
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
          <MachinesLayer machines={shown} onPick={(id) => setPicked([id])} onPickMany={setPicked} />
          {hasAreas ? <ShownAreas /> : null}
        </MapView>
      ) : null}
      <KpiStrip counters={counters} />
      <div className="map-left">
        <Legend machines={all} hidden={hidden} onToggle={toggle} />
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
        <WorkingNow machines={all} onPick={(id) => setPicked([id])} />
      </div>
      <div className="map-right">
        {picked.length === 1 ? <PickedMachine machineId={picked[0]!} onClose={() => setPicked([])} /> : null}
        {picked.length > 1 ? (
          <PickedList
            machines={pickedMachines}
            onPick={(id) => setPicked([id])}
            onClose={() => setPicked([])}
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
