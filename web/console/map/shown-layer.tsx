import type { MapLayer, MapLayerName } from "@hanyouxu/api";
import { SquaresLayer } from "../../map/squares-layer.tsx";
import { useMapLayer } from "./use-map-layer.ts";
import { LAYER_COLOURS } from "./use-map-layers.ts";

export interface PickedSquare {
  layer: MapLayerName;
  square: MapLayer["squares"][number];
}

interface Props {
  layer: MapLayerName;
  box: string;
  onPick: ((picked: PickedSquare) => void) | undefined;
}

const NONE: MapLayer["squares"] = [];

/** Firms, work, stations, permits or alarms on the map. */
export function ShownLayer({ layer, box, onPick }: Props) {
  const squares = useMapLayer(layer, box).data?.squares ?? NONE;
  return (
    <SquaresLayer
      id={`shown-${layer}`}
      colour={LAYER_COLOURS[layer]}
      squares={squares}
      onPick={onPick && ((square) => onPick({ layer, square }))}
    />
  );
}
