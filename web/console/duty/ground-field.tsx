import type { AreaGeometry } from "@hanyouxu/api";
import { useState } from "react";
import { DrawField } from "../key-areas/draw-field.tsx";

interface Props {
  value?: AreaGeometry | null;
  onChange?: (ground: AreaGeometry | null) => void;
}

/** The ground that a station answers for, drawn on the map; none is allowed. */
export function GroundField({ value = null, onChange }: Props) {
  // The board is drawn on from here: what it says of itself is not put on it again.
  const [area] = useState(value ? { geometry: value, circle: null } : undefined);
  return (
    <DrawField
      {...(area ? { area } : {})}
      others={[]}
      wrong={null}
      modes={["polygon", "hole", "select"]}
      onChange={(shape) => onChange?.(shape?.type === "polygon" ? shape.geometry : null)}
    />
  );
}
