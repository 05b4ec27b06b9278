import { type GeoJSONSource, LngLatBounds, type MapLayerMouseEvent } from "maplibre-gl";
import { useEffect, useState } from "react";
import { useMap } from "./map-context.ts";
import { loadOutline, type Outline } from "./outline-shapes.ts";
import { marksOf, type ShownRegion, type ShownSpot } from "./region-marks.ts";
import { GROUND_SOURCE, groundLayers, MARKS_SOURCE, markLayers } from "./regions-paint.ts";

/** Of a county's code; a township's has more. */
const COUNTY_DIGITS = 6;

interface Props {
  /** The region whose ground is lit; empty: all. */
  within: string;
  regions: readonly ShownRegion[];
  /** Where something is wrong. */
  spots: readonly ShownSpot[];
  /** Pixels of the map that other things stand on. */
  padding: { top: number; bottom: number; left: number; right: number };
  /** How much larger than on a full-HD screen words are. */
  scale: number;
  onPick: (code: string) => void;
  onPickSpot: (id: string) => void;
}

/** The ground of a region, shaded and marked by its children; pressing one picks it. */
export function RegionsLayer({ within, regions, spots, padding, scale, onPick, onPickSpot }: Props): null {
  const map = useMap();
  const [outline, setOutline] = useState<Outline | null>(null);
  const isOneCounty = within.length >= COUNTY_DIGITS;

  useEffect(() => {
    let isGone = false;
    loadOutline().then(
      (found) => isGone || setOutline(found),
      // Marks are drawn all the same.
      () => isGone || setOutline({ counties: [], centres: new Map() }),
    );
    return () => {
      isGone = true;
    };
  }, []);

  useEffect(() => {
    if (!outline) return;
    map.addSource(GROUND_SOURCE, {
      type: "geojson",
      data: { type: "FeatureCollection", features: [...outline.counties] },
    });
    map.addSource(MARKS_SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    const layers = [...groundLayers(scale, isOneCounty), ...markLayers(scale)];
    for (const layer of layers) map.addLayer(layer);
    return () => {
      for (const { id } of layers) if (map.getLayer(id)) map.removeLayer(id);
      for (const id of [GROUND_SOURCE, MARKS_SOURCE]) if (map.getSource(id)) map.removeSource(id);
    };
  }, [map, outline, scale, isOneCounty]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scale makes new layers, which have forgotten all.
  useEffect(() => {
    if (!outline) return;
    const most = Math.max(1, ...regions.map(({ value }) => value));
    for (const { properties } of outline.counties) {
      const code = String(properties.adcode);
      const child = regions.find((region) => code.startsWith(region.code));
      const isInside = code.startsWith(within) || within.startsWith(code);
      map.setFeatureState(
        { source: GROUND_SOURCE, id: properties.adcode },
        { isInside, heat: child ? child.value / most : 0 },
      );
    }
  }, [map, outline, within, regions, scale, isOneCounty]);

  // Places are free or taken in pixels: where the map looks elsewhere, all are found anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another county makes new sources, which are empty.
  useEffect(() => {
    if (!outline) return;
    const place = () =>
      void map
        .getSource<GeoJSONSource>(MARKS_SOURCE)
        ?.setData(marksOf(map, { regions, spots, outline, scale }));
    place();
    map.on("moveend", place);
    return () => void map.off("moveend", place);
  }, [map, outline, within, regions, spots, scale, isOneCounty]);

  const { top, bottom, left, right } = padding;
  useEffect(() => {
    if (!outline) return;
    const fit = () => {
      const bounds = boundsOf(outline, within);
      if (!bounds.isEmpty())
        map.fitBounds(bounds, { padding: { top, bottom, left, right }, animate: false, maxZoom: 12 });
    };
    fit();
    map.on("resize", fit);
    // Lets tests wait for the picture instead of for a time.
    const note = () => map.getContainer().setAttribute("data-drawn", within);
    map.once("idle", note);
    return () => {
      map.off("resize", fit);
      map.off("idle", note);
    };
  }, [map, outline, within, top, bottom, left, right]);

  useEffect(() => {
    const press = (event: MapLayerMouseEvent) => {
      const layers = ["regions-spots", "regions-circles", "regions-names", "regions-fill"].filter((id) =>
        map.getLayer(id),
      );
      const [first] = map.queryRenderedFeatures(event.point, { layers });
      if (!first) return;
      const { spot, adcode } = first.properties;
      const code = first.properties.code ?? first.properties.nameOf;
      if (typeof spot === "string") return onPickSpot(spot);
      const picked = regions.find((region) => region.code === code || String(adcode).startsWith(region.code));
      if (picked) onPick(picked.code);
    };
    map.on("click", press);
    return () => void map.off("click", press);
  }, [map, regions, onPick, onPickSpot]);
  return null;
}

function boundsOf({ counties }: Outline, within: string): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const { properties, geometry } of counties) {
    const code = String(properties.adcode);
    if (!code.startsWith(within) && !within.startsWith(code)) continue;
    for (const [outer = []] of geometry.coordinates)
      for (const [longitude = 0, latitude = 0] of outer) bounds.extend([longitude, latitude]);
  }
  return bounds;
}
