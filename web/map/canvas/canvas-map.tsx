import "./canvas-map.css";
import type { SentMapFilter } from "@hanyouxu/api";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { firstZoom } from "../first-zoom.ts";
import type { FlightTarget } from "../fly-to.tsx";
import { loadOutline, type Outline } from "../outline-shapes.ts";
import { type DrawnSpot, paintGround, paintMachines, paintTarget, spotAt } from "./canvas-painter.ts";
import { type CanvasView, movedBy, pixelOf, tilesOf, viewAt, worldOf, zoomedAt } from "./canvas-view.ts";
import { useCanvasSize } from "./use-canvas-size.ts";
import { useMachineTiles } from "./use-machine-tiles.ts";

export interface CanvasMapWords {
  label: string;
  notice: string;
  help: string;
  zoomIn: string;
  zoomOut: string;
  failed: string;
}

interface Props {
  centre: readonly [longitudeDegrees: number, latitudeDegrees: number];
  zoom: number;
  filter: SentMapFilter;
  target: FlightTarget | null;
  words: CanvasMapWords;
  onPick: (machineIds: string[]) => void;
  onPickCell: (cell: string) => void;
}

/** Of a key press, and of a button. */
const STEP_PIXELS = 80;
const NEARER_BY = 2;
/** A hand that moved less has clicked. */
const CLICK_PIXELS = 4;
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [STEP_PIXELS, 0],
  ArrowRight: [-STEP_PIXELS, 0],
  ArrowUp: [0, STEP_PIXELS],
  ArrowDown: [0, -STEP_PIXELS],
};

/** The map on a plain canvas, of the same tiles, for browsers without WebGL 2. */
export function CanvasMap({ centre, zoom, filter, target, words, onPick, onPickCell }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useCanvasSize(canvas);
  const [view, setView] = useState<CanvasView>(() => viewAt(centre, firstZoom(zoom)));
  const [outline, setOutline] = useState<Outline | null>(null);
  const spots = useRef<DrawnSpot[]>([]);
  const hand = useRef<{ x: number; y: number; travelled: number } | null>(null);
  const { tiles, isFailed } = useMachineTiles(size.width > 0 ? tilesOf(view, size) : [], filter);

  useEffect(() => {
    let isGone = false;
    loadOutline().then(
      (found) => isGone || setOutline(found),
      // Machines are drawn all the same.
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, []);
  useEffect(() => {
    if (target) setView(viewAt([target.longitudeDegrees, target.latitudeDegrees], target.zoom));
  }, [target]);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || size.width === 0) return;
    const ratio = devicePixelRatio;
    canvas.current!.width = Math.round(size.width * ratio);
    canvas.current!.height = Math.round(size.height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (outline) paintGround(context, view, size, outline);
    spots.current = paintMachines(context, view, size, tiles);
    if (target)
      paintTarget(
        context,
        ...pixelOf(view, size, worldOf([target.longitudeDegrees, target.latitudeDegrees])),
      );
    // Lets tests wait for the picture instead of for a time.
    canvas.current!.dataset.spots = String(spots.current.length);
  }, [view, size, outline, tiles, target]);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // React's own listener may not keep the page from scrolling.
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      const pixel = [event.clientX - left, event.clientY - top] as const;
      setView((before) => zoomedAt(before, size, pixel, -event.deltaY / 300));
    };
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, [size]);

  const middle = [size.width / 2, size.height / 2] as const;
  const zoomBy = (by: number) => setView((before) => zoomedAt(before, size, middle, by));
  function press({ key }: KeyboardEvent) {
    const arrow = ARROWS[key];
    if (arrow) setView((before) => movedBy(before, ...arrow));
    else if (key === "+" || key === "=") zoomBy(1);
    else if (key === "-") zoomBy(-1);
    else if (key === "Enter") click(...middle);
  }
  function click(left: number, top: number) {
    const spot = spotAt(spots.current, left, top);
    if (spot?.machineId) onPick([spot.machineId]);
    if (!spot?.cell) return;
    onPickCell(spot.cell);
    setView((before) => zoomedAt(before, size, [left, top], NEARER_BY));
  }
  function grip(event: PointerEvent) {
    hand.current = { x: event.clientX, y: event.clientY, travelled: 0 };
    event.currentTarget.setPointerCapture(event.pointerId);
  }
  function drag(event: PointerEvent) {
    const held = hand.current;
    if (!held) {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      const isOver = spotAt(spots.current, event.clientX - left, event.clientY - top) !== undefined;
      (event.currentTarget as HTMLElement).style.cursor = isOver ? "pointer" : "grab";
      return;
    }
    const [right, down] = [event.clientX - held.x, event.clientY - held.y];
    const travelled = held.travelled + Math.abs(right) + Math.abs(down);
    hand.current = { x: event.clientX, y: event.clientY, travelled };
    if (travelled > CLICK_PIXELS) setView((before) => movedBy(before, right, down));
  }
  function letGo(event: PointerEvent) {
    const held = hand.current;
    hand.current = null;
    if (!held || held.travelled > CLICK_PIXELS) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    click(event.clientX - left, event.clientY - top);
  }

  return (
    <div className="canvas-map">
      <div
        className="canvas-ground"
        role="application"
        aria-label={`${words.label} · ${words.help}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move it, as the other map.
        tabIndex={0}
        onKeyDown={press}
        onPointerDown={grip}
        onPointerMove={drag}
        onPointerUp={letGo}
        onPointerCancel={() => {
          hand.current = null;
        }}
      >
        <canvas ref={canvas} />
      </div>
      <div className="canvas-zooms">
        <button type="button" aria-label={words.zoomIn} onClick={() => zoomBy(1)}>
          +
        </button>
        <button type="button" aria-label={words.zoomOut} onClick={() => zoomBy(-1)}>
          −
        </button>
      </div>
      <p className="canvas-notice" role="status">
        {isFailed ? words.failed : words.notice}
      </p>
    </div>
  );
}
