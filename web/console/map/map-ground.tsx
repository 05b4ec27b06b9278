import {
  type LiveMachine,
  type MapConfig,
  MOST_IN_VIEW,
  mapLayerName,
  type SentMapFilter,
} from "@hanyouxu/api";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveView } from "../../live/live-store.ts";
import { AlarmingLayer } from "../../map/alarming-layer.tsx";
import { BaseMap } from "../../map/base-map.tsx";
import { BoxFollower } from "../../map/box-follower.tsx";
import { type FlightTarget, FlyTo } from "../../map/fly-to.tsx";
import { LookFollower } from "../../map/look-follower.tsx";
import { MachineTilesLayer } from "../../map/machine-tiles-layer.tsx";
import { MachinesLayer } from "../../map/machines-layer.tsx";
import { MapView } from "../../map/map-view.tsx";
import { MeasureLayer } from "../../map/measure-layer.tsx";
import { maySee } from "../../ui/may-see.ts";
import { useMe } from "../../ui/use-me.ts";
import { ShownAreas } from "../key-areas/shown-areas.tsx";
import { mayLayOver } from "./layer-panel.tsx";
import { type PickedSquare, ShownLayer } from "./shown-layer.tsx";
import type { MapLayerKey } from "./use-map-layers.ts";
import type { MapToolState } from "./use-map-tool.ts";

/** The drawing board is large and seldom wanted. */
const DrawLayer = lazy(async () => ({ default: (await import("../../map/draw-layer.tsx")).DrawLayer }));

const NOTHING_DRAWN = [] as const;

interface Props {
  config: MapConfig;
  live: Pick<LiveView, "machines" | "inView">;
  filter: SentMapFilter;
  layers: ReadonlySet<MapLayerKey>;
  tool: MapToolState;
  target: FlightTarget | null;
  box: string;
  onBox: (box: string) => void;
  onPick: (machineIds: readonly string[]) => void;
  onPickCell: (cell: string) => void;
  onPickSquare: (picked: PickedSquare) => void;
  /** Instead of all this where WebGL 2 is missing. */
  fallback: ReactNode;
  onPlain: () => void;
  onFirstPicture: () => void;
}

/** The map itself with everything that is laid over it. */
export function MapGround(props: Props) {
  const { config, live, filter, layers, tool, box } = props;
  const { t } = useTranslation();
  const me = useMe().data ?? undefined;
  const [isNear, setIsNear] = useState(false);
  const { machines, inView } = live;
  const hasMachines = layers.has("machines");
  // Where machines are told one by one, the tiles' counts would stand over them.
  const isDetailed = isNear && inView !== null && !inView.isTooMany;
  const shown = useMemo(
    () => (isDetailed && hasMachines ? [...machines.values()].slice(0, MOST_IN_VIEW) : []),
    [machines, isDetailed, hasMachines],
  );
  const alarming = useMemo(
    () => (hasMachines ? [...machines.values()].filter(({ alarm }: LiveMachine) => alarm !== null) : []),
    [machines, hasMachines],
  );
  // While something is drawn, a click is a corner.
  const isPicking = tool.tool === null;
  const pick = isPicking ? props.onPick : undefined;
  return (
    <MapView
      centre={[config.centre.longitudeDegrees, config.centre.latitudeDegrees]}
      zoom={config.centre.zoom}
      label={t("console.map.label")}
      failedText={t("console.map.failed")}
      fallback={props.fallback}
      onFailed={props.onPlain}
      onFirstPicture={props.onFirstPicture}
    >
      <BaseMap base={config.base} />
      <BoxFollower onBox={props.onBox} />
      {maySee(me, "machines") ? (
        <>
          <LookFollower filter={filter} onNear={setIsNear} />
          <MachineTilesLayer
            filter={filter}
            isHidden={isDetailed || !hasMachines}
            hasHeat={layers.has("heat")}
            onPick={pick}
            onPickCell={isPicking ? props.onPickCell : undefined}
          />
          {isDetailed && hasMachines ? (
            <MachinesLayer machines={shown} onPick={pick && ((id) => pick([id]))} onPickMany={pick} />
          ) : null}
          <AlarmingLayer machines={alarming} onPick={pick} />
        </>
      ) : null}
      {layers.has("keyAreas") && mayLayOver(me, "keyAreas") ? <ShownAreas isPickable={isPicking} /> : null}
      {mapLayerName.options
        .filter((layer) => layers.has(layer) && mayLayOver(me, layer))
        .map((layer) => (
          <ShownLayer
            key={layer}
            layer={layer}
            box={box}
            onPick={isPicking ? props.onPickSquare : undefined}
          />
        ))}
      <FlyTo target={props.target} />
      {tool.tool === "measure" ? (
        <MeasureLayer line={tool.line} centres={tool.centres} onAdd={tool.addToLine} />
      ) : null}
      {tool.tool === "select" ? (
        <Suspense fallback={null}>
          <DrawLayer
            mode={tool.ring ? "select" : "polygon"}
            initial={NOTHING_DRAWN}
            onChange={tool.drawn}
            onFinish={nothing}
            clearings={tool.clearings}
            deletions={0}
            added={tool.added}
          />
        </Suspense>
      ) : null}
    </MapView>
  );
}

/** What was drawn is told by each change. */
function nothing(): void {}
