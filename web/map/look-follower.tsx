import { CELL_ZOOM, cellsOfBox, MOST_CELLS, type SentMapFilter } from "@hanyouxu/api";
import { useEffect, useState } from "react";
import { useLookAt } from "../live/use-live.ts";
import { useMap } from "./map-context.ts";

interface Props {
  filter: SentMapFilter;
  /** Whether the map is near enough for machines one by one. */
  onNear: (isNear: boolean) => void;
}

/** Has the live connection tell of what is in the map's frame, once it is near enough, and of open alarms anywhere. */
export function LookFollower({ filter, onNear }: Props): null {
  const map = useMap();
  const [cells, setCells] = useState<number[]>([]);
  useLookAt({ cells, hasAlarms: true, filter });
  useEffect(() => {
    const follow = () => {
      const bounds = map.getBounds();
      const box = {
        westDegrees: bounds.getWest(),
        southDegrees: bounds.getSouth(),
        eastDegrees: bounds.getEast(),
        northDegrees: bounds.getNorth(),
      };
      const found = map.getZoom() >= CELL_ZOOM ? cellsOfBox(box, MOST_CELLS) : undefined;
      setCells(found ?? []);
      onNear(found !== undefined);
    };
    follow();
    map.on("moveend", follow);
    return () => void map.off("moveend", follow);
  }, [map, onNear]);
  return null;
}
