import { useEffect, useState } from "react";
import { useMap } from "./map-context.ts";

const DECIMALS = 4;

/** What of the world the map shows, `west,south,east,north` in WGS-84 degrees; anew when it has come to rest. */
export function useViewBox(): string {
  const map = useMap();
  const [box, setBox] = useState(() => boxOf(map));
  useEffect(() => {
    const follow = () => setBox(boxOf(map));
    follow();
    map.on("moveend", follow);
    map.on("resize", follow);
    return () => {
      map.off("moveend", follow);
      map.off("resize", follow);
    };
  }, [map]);
  return box;
}

function boxOf(map: ReturnType<typeof useMap>): string {
  const bounds = map.getBounds();
  return [
    Math.max(-180, bounds.getWest()),
    bounds.getSouth(),
    Math.min(180, bounds.getEast()),
    bounds.getNorth(),
  ]
    .map((degrees) => degrees.toFixed(DECIMALS))
    .join();
}
