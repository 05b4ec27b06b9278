import type { Map as MapLibreMap } from "maplibre-gl";

/** Shows a hand over what can be pressed in some layers; what it returns ends that. */
export function pointOver(map: MapLibreMap, layers: readonly string[]): () => void {
  const point = () => {
    map.getCanvas().style.cursor = "pointer";
  };
  const rest = () => {
    map.getCanvas().style.cursor = "";
  };
  for (const layer of layers) {
    map.on("mouseenter", layer, point);
    map.on("mouseleave", layer, rest);
  }
  return () => {
    for (const layer of layers) {
      map.off("mouseenter", layer, point);
      map.off("mouseleave", layer, rest);
    }
  };
}
