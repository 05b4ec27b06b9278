import type { SceneFinding } from "@hanyouxu/api";
import { type PointerEvent, useState } from "react";
import { boxBetween, type Point } from "./box-between.ts";

type Box = NonNullable<SceneFinding["box"]>;

/** Lies over a picture: a box is drawn from corner to corner; a mere click draws none. */
export function DrawingLayer({ onBox }: { onBox: (box: Box) => void }) {
  const [drag, setDrag] = useState<{ from: Point; to: Point }>();
  const at = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLDivElement>): Point => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  };
  const box = drag && boxBetween(drag.from, drag.to);
  return (
    <div
      className="drawing-layer"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: at(event), to: at(event) });
      }}
      onPointerMove={(event) => drag && setDrag({ from: drag.from, to: at(event) })}
      onPointerUp={() => {
        if (box) onBox(box);
        setDrag(undefined);
      }}
      onPointerCancel={() => setDrag(undefined)}
    >
      {box ? (
        <span
          className="found-box"
          data-found-by="staff"
          style={{
            left: `${box.left * 100}%`,
            top: `${box.top * 100}%`,
            width: `${box.width * 100}%`,
            height: `${box.height * 100}%`,
          }}
        />
      ) : null}
    </div>
  );
}
