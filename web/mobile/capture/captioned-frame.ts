/** What is burned into the lower edge of every picture and frame, for the eye of who looks at it later. */
export interface Caption {
  digits: string;
  demand: string;
  time: string;
  place: string;
}

/** The caption's part of the height; the platform compares pictures above it. */
export const CAPTION_PART = 1 / 8;

/** Draws what the camera shows, and the caption over its lower edge. The canvas takes the camera's own size. */
export function drawFrame(canvas: HTMLCanvasElement, video: HTMLVideoElement, caption: Caption): void {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0) return;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const pen = canvas.getContext("2d")!;
  pen.drawImage(video, 0, 0, width, height);
  const band = Math.round(height * CAPTION_PART);
  pen.fillStyle = "rgb(0 0 0)";
  pen.fillRect(0, height - band, width, band);
  pen.fillStyle = "#fff";
  pen.textBaseline = "middle";
  pen.font = `700 ${Math.round(band * 0.6)}px monospace`;
  const margin = Math.round(band * 0.2);
  pen.fillText(caption.digits, margin, height - band / 2);
  const left = margin * 2 + pen.measureText(caption.digits).width;
  pen.font = `${Math.round(band * 0.26)}px sans-serif`;
  const room = width - left - margin;
  pen.fillText(caption.demand, left, height - band * 0.72, room);
  pen.fillText(`${caption.time}  ${caption.place}`, left, height - band * 0.28, room);
}

/** The canvas as a JPEG. */
export function photoOf(canvas: HTMLCanvasElement): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.88));
}

const FILM_TYPES = [
  "video/mp4;codecs=avc1",
  "video/webm;codecs=vp9",
  "video/webm;codecs=vp8",
  "video/webm",
  "video/mp4",
];

/** Begins to film the canvas; undefined where the browser cannot. The film comes when `stop` is called. */
export function beginFilm(canvas: HTMLCanvasElement): { stop(): Promise<Blob> } | undefined {
  if (typeof MediaRecorder === "undefined" || !canvas.captureStream) return undefined;
  const mimeType = FILM_TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  if (!mimeType) return undefined;
  const stream = canvas.captureStream(15);
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: 4_000_000 });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => void parts.push(data);
  const ended = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve();
  });
  recorder.start(1_000);
  return {
    async stop() {
      recorder.stop();
      await ended;
      for (const track of stream.getTracks()) track.stop();
      return new Blob(parts, { type: mimeType.split(";")[0]! });
    },
  };
}
