import { type PointerEvent, type RefObject, useRef } from "react";

const WIDTH = 640;
const HEIGHT = 280;

interface Props {
  canvas: RefObject<HTMLCanvasElement | null>;
  label: string;
  onDrawn: () => void;
}

/** Where somebody signs with a finger. */
export function SignaturePad({ canvas, label, onDrawn }: Props) {
  const isDown = useRef(false);

  function draw(event: PointerEvent<HTMLCanvasElement>, begins: boolean) {
    const pen = canvas.current?.getContext("2d");
    if (!pen || !canvas.current) return;
    const box = canvas.current.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    if (begins) {
      pen.lineWidth = 5;
      pen.lineCap = "round";
      pen.lineJoin = "round";
      pen.strokeStyle = "#0d1b2e";
      pen.beginPath();
      pen.moveTo(x, y);
      return;
    }
    pen.lineTo(x, y);
    pen.stroke();
    onDrawn();
  }

  return (
    <canvas
      ref={canvas}
      className="signature-pad"
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        isDown.current = true;
        draw(event, true);
      }}
      onPointerMove={(event) => {
        if (isDown.current) draw(event, false);
      }}
      onPointerUp={() => {
        isDown.current = false;
      }}
      onPointerCancel={() => {
        isDown.current = false;
      }}
    />
  );
}

export function clearSignature(canvas: HTMLCanvasElement | null): void {
  canvas?.getContext("2d")?.clearRect(0, 0, WIDTH, HEIGHT);
}

/** The drawing as PNG in Base64. */
export function signatureOf(canvas: HTMLCanvasElement | null): string {
  const address = canvas?.toDataURL("image/png") ?? "";
  return address.slice(address.indexOf(",") + 1);
}
