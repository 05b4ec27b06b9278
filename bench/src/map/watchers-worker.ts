/** Open map pages: live sockets that look at cells under filters, and check that nothing is missing. */
import {
  cellsOfBox,
  decodeCellFrame,
  LIVE_PATH,
  type LiveMessage,
  MOST_CELLS,
  type SentLiveView,
  type SentMapFilter,
  signInRoutes,
} from "@hanyouxu/api";
import { demoRegulator } from "@hanyouxu/testbed";
import { answerQuestions } from "../worker.ts";
import type { WatchersSaw } from "./watchers.ts";

const saw: WatchersSaw = { texts: 0, frames: 0, bytes: 0, machines: 0, gaps: 0, closed: 0 };
const sockets: WebSocket[] = [];
/** Frames of 1,366 by 768 at zoom 11 to 13 across the county. */
const MIDDLES = [
  [119.81, 28.89],
  [119.7, 28.75],
  [119.9, 28.95],
  [119.62, 28.85],
] as const;
const HALVES = [0.45, 0.22, 0.11];
const FILTERS: readonly SentMapFilter[] = [
  {},
  { processes: "SMAW" },
  { states: "arcing,energised" },
  { isMobile: "true", processes: "SMAW,GMAW" },
];
let isOpen = true;

async function open({ url, clients }: { url: string; clients: number }): Promise<void> {
  let cookie = "";
  const noting: typeof fetch = (input, init) => {
    cookie = new Headers(init?.headers).get("cookie") ?? cookie;
    return fetch(input, init);
  };
  const api = await demoRegulator(url, noting);
  await api.call(signInRoutes.me, {});
  const address = new URL(LIVE_PATH, url.replace(/^http/, "ws"));
  for (let index = 0; index < clients; index++) await watch(address, cookie, index);
}

async function watch(address: URL, cookie: string, index: number): Promise<void> {
  // Node's own sockets take headers; the types are the browser's.
  const socket = new WebSocket(address, { headers: { cookie } } as never);
  socket.binaryType = "arraybuffer";
  sockets.push(socket);
  const sequences = new Map<number, number>();
  let sequence = 0;
  socket.addEventListener("message", ({ data }) => {
    if (data instanceof ArrayBuffer) {
      const frame = decodeCellFrame(new Uint8Array(data));
      saw.frames++;
      saw.bytes += data.byteLength;
      saw.machines += frame.changed.length + frame.came.length;
      if (!frame.isSnapshot && sequences.get(frame.cell) !== frame.sequence - 1) saw.gaps++;
      sequences.set(frame.cell, frame.sequence);
      return;
    }
    const message = JSON.parse(String(data)) as LiveMessage;
    saw.texts++;
    saw.bytes += String(data).length;
    if (message.sequence !== sequence + 1) saw.gaps++;
    sequence = message.sequence;
  });
  socket.addEventListener("close", () => {
    if (isOpen) saw.closed++;
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  const [east, north] = MIDDLES[index % MIDDLES.length]!;
  const half = HALVES[index % HALVES.length]!;
  const cells = cellsOfBox(
    {
      westDegrees: east - half,
      southDegrees: north - half / 2,
      eastDegrees: east + half,
      northDegrees: north + half / 2,
    },
    MOST_CELLS,
  )!;
  const filter = FILTERS[Math.floor(index / 3) % FILTERS.length]!;
  const view: SentLiveView = { type: "view", view: 1, cells, hasAlarms: true, filter, watched: [] };
  socket.send(JSON.stringify(view));
}

async function closeAll(): Promise<void> {
  isOpen = false;
  const closing = sockets.splice(0);
  await Promise.all(
    closing.map(
      (socket) =>
        new Promise((resolve) => {
          if (socket.readyState === WebSocket.CLOSED) return resolve(undefined);
          socket.addEventListener("close", resolve);
          socket.close();
        }),
    ),
  );
}

answerQuestions({
  open,
  saw: () => saw,
  close: closeAll,
  stop: closeAll,
});
