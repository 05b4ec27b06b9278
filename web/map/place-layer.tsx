import type { GeoJSONSource, MapMouseEvent } from "maplibre-gl";
import { useEffect, useRef } from "react";
import { useMap } from "./map-context.ts";

/** WGS-84 degrees. */
interface Place {
  latitudeDegrees: number;
  longitudeDegrees: number;
}

const SOURCE = "place";
const LAYER = "place-point";

function shapeOf(place: Place | null) {
  return {
    type: "FeatureCollection" as const,
    features: place
      ? [
          {
            type: "Feature" as const,
            properties: {},
            geometry: {
              type: "Point" as const,
              coordinates: [place.longitudeDegrees, place.latitudeDegrees],
            },
          },
        ]
      : [],
  };
}

/** One place on the map; a click puts it elsewhere. */
export function PlaceLayer({ place, onPick }: { place: Place | null; onPick: (place: Place) => void }): null {
  const map = useMap();
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    map.addSource(SOURCE, { type: "geojson", data: shapeOf(null) });
    map.addLayer({
      id: LAYER,
      type: "circle",
      source: SOURCE,
      paint: {
        "circle-radius": 9,
        "circle-color": "#ffc069",
        "circle-stroke-color": "#04142c",
        "circle-stroke-width": 3,
      },
    });
    const clicked = ({ lngLat }: MapMouseEvent) =>
      pick.current({
        latitudeDegrees: Number(lngLat.lat.toFixed(6)),
        longitudeDegrees: Number(lngLat.lng.toFixed(6)),
      });
    map.on("click", clicked);
    return () => {
      map.off("click", clicked);
      if (map.getLayer(LAYER)) map.removeLayer(LAYER);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    };
  }, [map]);
  useEffect(() => {
    (map.getSource(SOURCE) as GeoJSONSource | undefined)?.setData(shapeOf(place));
  }, [map, place]);
  return null;
}
