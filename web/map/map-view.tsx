import "./worker.ts";
import "maplibre-gl/dist/maplibre-gl.css";
import "./map.css";
import { AttributionControl, Map as MapLibreMap, NavigationControl, ScaleControl } from "maplibre-gl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { COARSE_SHARE, drawCoarselyInMotion } from "./fineness.ts";
import { firstZoom } from "./first-zoom.ts";
import { MapContext } from "./map-context.ts";

/** Glyph servers are not needed: MapLibre draws every label from the fonts of the device. */
const LABEL_FONTS = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';

interface Props {
  /** WGS-84 degrees: longitude, latitude. */
  centre: readonly [number, number];
  zoom: number;
  /** For screen readers. */
  label: string;
  /** Said instead of the map where WebGL 2 is missing. */
  failedText: string;
  /** Shown in its place instead of that sentence. */
  fallback?: ReactNode;
  onFailed?: () => void;
  /** Once: what the map was first asked for stands there. */
  onFirstPicture?: () => void;
  children?: ReactNode;
}

/** A map that fills its parent. Layers are its children: each owns its source and layers, and draws no DOM. */
export function MapView({
  centre,
  zoom,
  label,
  failedText,
  fallback,
  onFailed,
  onFirstPicture,
  children,
}: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const [failed, setFailed] = useState(false);
  // The first view only; later the person moves the map.
  const first = useRef({ centre, label, zoom: firstZoom(zoom), onFailed, onFirstPicture });

  useEffect(() => {
    let created: MapLibreMap;
    try {
      created = new MapLibreMap({
        container: holder.current!,
        style: { version: 8, sources: {}, layers: [] },
        center: [first.current.centre[0], first.current.centre[1]],
        zoom: first.current.zoom,
        minZoom: 5,
        // Two works a few metres apart are two places.
        maxZoom: 20,
        pixelRatio: devicePixelRatio * COARSE_SHARE,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        localIdeographFontFamily: LABEL_FONTS,
        // Where a page has two maps each has a name of its own.
        locale: { "Map.Title": `${first.current.label} (Map)` },
      });
    } catch {
      setFailed(true);
      first.current.onFailed?.();
      return;
    }
    const isFine = drawCoarselyInMotion(created);
    created.addControl(new NavigationControl({ showCompass: false }), "bottom-left");
    created.addControl(new ScaleControl(), "bottom-left");
    created.addControl(new AttributionControl({ compact: false }), "bottom-right");
    // Not at "load", nor in a render of React's own time: the first picture would be of nothing, and labels of the next
    // would fade in.
    created.once("style.load", () => {
      flushSync(() => setMap(created));
      created.once("idle", () => first.current.onFirstPicture?.());
    });
    // Lets tests wait for the picture instead of for a time.
    created.on("idle", () => {
      if (isFine()) holder.current?.setAttribute("data-idle", "true");
    });
    created.on("movestart", () => holder.current?.removeAttribute("data-idle"));
    return () => {
      setMap(null);
      created.remove();
    };
  }, []);

  return (
    <div className="map-view">
      {/* biome-ignore lint/a11y/useSemanticElements: MapLibre needs a block to draw in. */}
      <div ref={holder} className="map-canvas" role="region" aria-label={label} />
      {failed && fallback ? fallback : null}
      {failed && !fallback ? (
        <p className="map-failed" role="alert">
          {failedText}
        </p>
      ) : null}
      {map ? <MapContext value={map}>{children}</MapContext> : null}
    </div>
  );
}
