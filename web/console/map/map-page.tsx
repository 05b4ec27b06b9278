import "./map-page.css";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLiveView } from "../../live/use-live.ts";
import { maySee } from "../../ui/may-see.ts";
import { useMapConfig } from "../../ui/use-map-config.ts";
import { useMe } from "../../ui/use-me.ts";
import { Failure } from "../ui/failure.tsx";
import { DrawnMap } from "./drawn-map.tsx";
import { MapGround } from "./map-ground.tsx";
import { MapNotice } from "./map-notice.tsx";
import { useIsAfterMap } from "./use-is-after-map.ts";
import { useMapFilter } from "./use-map-filter.ts";
import { useMapLayers } from "./use-map-layers.ts";
import { useMapTool } from "./use-map-tool.ts";
import { usePicked } from "./use-picked.ts";

/** They come after the map's first picture, and so does their program. */
const MapPanels = lazy(async () => ({ default: (await import("./map-panels.tsx")).MapPanels }));

/** The county on one map, live. */
export function MapPage() {
  const { t } = useTranslation();
  const config = useMapConfig();
  const live = useLiveView();
  const filter = useMapFilter();
  const layers = useMapLayers();
  const tool = useMapTool();
  const picked = usePicked(live.machines, filter.filter);
  const [isPlain, setIsPlain] = useState(false);
  const [hasPicture, setHasPicture] = useState(false);
  const hasPanels = useIsAfterMap(hasPicture || isPlain || config.isError, !config.isPending);
  const [box, setBox] = useState("");
  const me = useMe().data ?? undefined;

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
          target={picked.target}
          box={box}
          onBox={setBox}
          onPick={picked.pick}
          onPickCell={picked.pickCell}
          onPickSquare={picked.pickSquare}
          onPlain={() => setIsPlain(true)}
          onFirstPicture={() => setHasPicture(true)}
          fallback={
            maySee(me, "machines") ? (
              <DrawnMap
                config={config.data}
                filter={filter.filter}
                target={picked.target}
                onPick={picked.pick}
                onPickCell={picked.pickCell}
              />
            ) : null
          }
        />
      ) : null}
      {hasPanels ? (
        <Suspense fallback={null}>
          <MapPanels
            live={live}
            filter={filter}
            layers={layers}
            tool={tool}
            box={box}
            isPlain={isPlain}
            picked={picked}
          />
        </Suspense>
      ) : null}
      {config.data ? <MapNotice config={config.data} /> : null}
    </main>
  );
}
