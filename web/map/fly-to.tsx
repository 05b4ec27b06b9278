import { Marker } from "maplibre-gl";
import { useEffect } from "react";
import { useMap } from "./map-context.ts";

export interface FlightTarget {
  longitudeDegrees: number;
  latitudeDegrees: number;
  zoom: number;
}

/** Brings a place into the middle and puts a pin there; a new target takes the pin along, null takes it away. */
export function FlyTo({ target }: { target: FlightTarget | null }): null {
  const map = useMap();
  useEffect(() => {
    if (!target) return;
    const centre: [number, number] = [target.longitudeDegrees, target.latitudeDegrees];
    const pin = new Marker({ color: "#ffd666" }).setLngLat(centre).addTo(map);
    // Decoration: the hit is named in the list that it was picked from.
    pin.getElement().setAttribute("aria-hidden", "true");
    pin.getElement().removeAttribute("role");
    map.flyTo({ center: centre, zoom: target.zoom });
    return () => void pin.remove();
  }, [map, target]);
  return null;
}
