import "./map-page.css";
import { type LiveMachine, type MapHit, mapRoutes } from "@hanyouxu/api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLiveView } from "../../live/use-live.ts";
import type { FlightTarget } from "../../map/fly-to.tsx";
import { api } from "../../ui/api.ts";
import { maySee } from "../../ui/may-see.ts";
import { useMapConfig } from "../../ui/use-map-config.ts";
import { useMe } from "../../ui/use-me.ts";
import { Failure } from "../ui/failure.tsx";
import { DrawnMap } from "./drawn-map.tsx";
import { KpiStrip } from "./kpi-strip.tsx";
import { LatestRefusals } from "./latest-refusals.tsx";
import { LayerPanel } from "./layer-panel.tsx";
import { Legend } from "./legend.tsx";
import { MapFilters } from "./map-filters.tsx";
import { MapGround } from "./map-ground.tsx";
import { MapNotice } from "./map-notice.tsx";
import { MapSearch } from "./map-search.tsx";
import { PickedHit } from "./picked-hit.tsx";
import { PickedList } from "./picked-list.tsx";
import { PickedMachine } from "./picked-machine.tsx";
import { PickedSquareList } from "./picked-square.tsx";
import { SelectionPanel } from "./selection-panel.tsx";
import type { PickedSquare } from "./shown-layer.tsx";
import { ToolPanel } from "./tool-panel.tsx";
import { useIsAfterMap } from "./use-is-after-map.ts";
import { useMapFilter } from "./use-map-filter.ts";
import { useMapLayers } from "./use-map-layers.ts";
import { useMapTool } from "./use-map-tool.ts";
import { WorkingNow } from "./working-now.tsx";

const MOST_LISTED = 200;
/** How near a hit is brought: a region is looked at as a whole. */
const ZOOMS = { machine: 16, enterprise: 15, keyArea: 15, fireStation: 14 } as const;
const ZOOM_BY_DIGITS: Record<number, number> = { 2: 7, 4: 8.5, 6: 10, 9: 12 };
const NEARER_ZOOM = 17;

/** The county on one map, live. */
export function MapPage() {
  const { t } = useTranslation();
  const config = useMapConfig();
  const live = useLiveView();
  const { machines, counters, states, strongest } = live;
  const filter = useMapFilter();
  const layers = useMapLayers();
  const tool = useMapTool();
  /** Layers and tools are drawn by MapLibre; the plain canvas has machines alone. */
  const [isPlain, setIsPlain] = useState(false);
  const [hasPicture, setHasPicture] = useState(false);
  const hasPanels = useIsAfterMap(hasPicture || isPlain || config.isError, !config.isPending);
  const [box, setBox] = useState("");
  const [target, setTarget] = useState<FlightTarget | null>(null);
  const [picked, setPicked] = useState<readonly LiveMachine[]>([]);
  const [pickedId, setPickedId] = useState<string | null>(null);
  const [pickedHit, setPickedHit] = useState<MapHit | null>(null);
  const [pickedSquare, setPickedSquare] = useState<PickedSquare | null>(null);
  const me = useMe().data ?? undefined;
  const mayRead = maySee(me, "decisions");
  const maySelect = maySee(me, "machines");

  function pick(machineIds: readonly string[]) {
    const found = machineIds.flatMap((id) => machines.get(id) ?? []);
    close();
    setPicked(found.length > 1 ? found : []);
    setPickedId(machineIds.length === 1 ? machineIds[0]! : null);
  }
  async function pickCell(cell: string) {
    const query = { ...filter.filter, cell, pageSize: MOST_LISTED };
    const { items } = await api.call(mapRoutes.listMapMachines, { query });
    close();
    setPickedId(items.length === 1 ? items[0]!.id : null);
    setPicked(items.length > 1 ? items : []);
  }
  function close() {
    setPicked([]);
    setPickedId(null);
    setPickedHit(null);
    setPickedSquare(null);
  }
  function pickSquare(square: PickedSquare) {
    close();
    setPickedSquare(square);
  }
  function pickHit(hit: MapHit) {
    const { kind, id, place } = hit;
    close();
    if (kind === "machine") setPickedId(id);
    else setPickedHit(hit);
    const zoom = kind === "region" ? (ZOOM_BY_DIGITS[id.length] ?? NEARER_ZOOM) : ZOOMS[kind];
    setTarget(place && { ...place, zoom });
  }

  return (
    <main className="map-page">
      <h1 className="map-title">{t("console.title")}</h1>
      {config.isError ? <Failure error={config.error} onRetry={config.refetch} /> : null}
      {config.data ? (
        <MapGround
          config={config.data}
          live={live}
          filter={filter.filter}
          layers={layers.on}
          tool={tool}
          target={target}
          box={box}
          onBox={setBox}
          onPick={pick}
          onPickCell={(cell) => void pickCell(cell).catch(() => {})}
          onPickSquare={pickSquare}
          onPlain={() => setIsPlain(true)}
          onFirstPicture={() => setHasPicture(true)}
          fallback={
            maySelect ? (
              <DrawnMap
                config={config.data}
                filter={filter.filter}
                target={target}
                onPick={pick}
                onPickCell={(cell) => void pickCell(cell).catch(() => {})}
              />
            ) : null
          }
        />
      ) : null}
      {hasPanels ? (
        <>
          <KpiStrip counters={counters} />
          <div className="map-left">
            {maySelect ? <MapSearch onPick={pickHit} /> : null}
            <MapFilters state={filter} />
            {maySelect && !isPlain ? <ToolPanel state={tool} box={box} /> : null}
            {isPlain ? null : <LayerPanel me={me} on={layers.on} box={box} onToggle={layers.toggle} />}
            <Legend counts={states} hidden={filter.hidden} onToggle={filter.toggle} />
            <Link className="panel wall-way" to="/wall">
              {t("console.wall.open")}
            </Link>
            <WorkingNow working={strongest} onPick={(id) => pick([id])} />
          </div>
          <div className="map-right">
            {tool.ring ? <SelectionPanel ring={tool.ring} filter={filter.filter} /> : null}
            {pickedSquare ? (
              <PickedSquareList
                picked={pickedSquare}
                onNearer={() => setTarget({ ...pickedSquare.square.place, zoom: NEARER_ZOOM })}
                onClose={close}
              />
            ) : null}
            {pickedHit ? <PickedHit hit={pickedHit} onClose={close} /> : null}
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
        </>
      ) : null}
      {config.data ? <MapNotice config={config.data} /> : null}
    </main>
  );
}
