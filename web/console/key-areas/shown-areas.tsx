import { useCallback } from "react";
import { useNavigate } from "react-router";
import { AreasLayer } from "../../map/areas-layer.tsx";
import { useShownAreas } from "./use-shown-areas.ts";

/** All key areas within the person's reach on a map of something else; a click opens one, where clicks mean that. */
export function ShownAreas({ isPickable = true }: { isPickable?: boolean }) {
  const navigate = useNavigate();
  const open = useCallback((keyAreaId: string) => navigate(`/key-areas/${keyAreaId}`), [navigate]);
  return <AreasLayer areas={useShownAreas()} {...(isPickable ? { onPick: open } : {})} />;
}
