import { addProtocol, type LayerSpecification, type Map as MapLibreMap } from "maplibre-gl";
import { PMTiles, Protocol, TileType } from "pmtiles";
import { useEffect } from "react";
import { useMap } from "./map-context.ts";

const SOURCE = "pmtiles";
const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);

/** Dark ground for whatever layers a vector archive has: areas filled, lines and edges drawn. */
function layersOf(sourceLayer: string): LayerSpecification[] {
  const common = { source: SOURCE, "source-layer": sourceLayer };
  return [
    {
      ...common,
      id: `pmtiles-${sourceLayer}-area`,
      type: "fill",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": "#0b3a78", "fill-opacity": 0.55 },
    },
    {
      ...common,
      id: `pmtiles-${sourceLayer}-line`,
      type: "line",
      filter: ["!=", ["geometry-type"], "Point"],
      paint: { "line-color": "#3f78b8", "line-width": 0.8 },
    },
  ];
}

/** The operator's own PMTiles archive, raster or vector as its header says, read in parts from this server. */
export function PmtilesLayer({ url, attribution }: { url: string; attribution: string }): null {
  const map = useMap();
  useEffect(() => {
    const archive = new PMTiles(new URL(url, location.href).href);
    protocol.add(archive);
    let isGone = false;
    const added: string[] = [];
    show(map, archive, attribution, added, () => isGone).catch((error: unknown) => {
      map.fire("error", { error });
    });
    return () => {
      isGone = true;
      for (const id of added) if (map.getLayer(id)) map.removeLayer(id);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    };
  }, [map, url, attribution]);
  return null;
}

async function show(
  map: MapLibreMap,
  archive: PMTiles,
  attribution: string,
  added: string[],
  isGone: () => boolean,
): Promise<void> {
  const header = await archive.getHeader();
  const metadata = (await archive.getMetadata()) as { vector_layers?: { id: string }[] };
  if (isGone()) return;
  const isVector = header.tileType === TileType.Mvt;
  const url = `pmtiles://${archive.source.getKey()}`;
  map.addSource(SOURCE, {
    type: isVector ? "vector" : "raster",
    url,
    attribution,
    ...(isVector ? {} : { tileSize: 256 }),
  });
  const layers: LayerSpecification[] = isVector
    ? (metadata.vector_layers ?? []).flatMap(({ id }) => layersOf(id))
    : [{ id: "pmtiles-raster", type: "raster", source: SOURCE }];
  // Below whatever is drawn already: the ground may arrive after the machines.
  const [lowest] = map.getStyle().layers;
  for (const layer of layers) {
    map.addLayer(layer, lowest?.id);
    added.push(layer.id);
  }
}
