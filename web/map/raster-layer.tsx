import { useEffect } from "react";
import { useMap } from "./map-context.ts";

/** Tiles of one layer in web mercator: `urls` with {z}, {x} and {y}; 天地图 WMTS and plain XYZ servers both fit. */
export function RasterLayer({
  id,
  urls,
  maxZoom,
}: {
  id: string;
  urls: readonly string[];
  maxZoom: number;
}): null {
  const map = useMap();
  const joined = urls.join(" ");
  useEffect(() => {
    map.addSource(id, { type: "raster", tiles: joined.split(" "), tileSize: 256, maxzoom: maxZoom });
    map.addLayer({ id, type: "raster", source: id });
    return () => {
      if (map.getLayer(id)) map.removeLayer(id);
      if (map.getSource(id)) map.removeSource(id);
    };
  }, [map, id, joined, maxZoom]);
  return null;
}
