import type { MapConfig } from "@hanyouxu/api";
import { OutlineLayer } from "./outline-layer.tsx";
import { PmtilesLayer } from "./pmtiles-layer.tsx";
import { RasterLayer } from "./raster-layer.tsx";

const TILE_MAX_ZOOM = 18;

/** The ground the configuration asks for: the bundled outline, 天地图 (ground, then labels), or any XYZ server. */
export function BaseMap({ base }: { base: MapConfig["base"] }) {
  if (base.kind === "outline") return <OutlineLayer />;
  if (base.kind === "pmtiles") return <PmtilesLayer url={base.url} attribution={base.attribution} />;
  return base.tileUrlTemplates.map((template, index) => (
    <RasterLayer
      key={template}
      id={`base-${index}`}
      urls={[new URL(template, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}")]}
      maxZoom={TILE_MAX_ZOOM}
    />
  ));
}
