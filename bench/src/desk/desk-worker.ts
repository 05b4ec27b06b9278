/** An open alarm desk: what comes over its socket, and how long the page's own requests take meanwhile. */
import {
  type ApiClient,
  ApiError,
  alarmRoutes,
  LIVE_PATH,
  type LiveMessage,
  signInRoutes,
} from "@hanyouxu/api";
import { demoRegulator } from "@hanyouxu/testbed";
import { alarmKey } from "../chips/storm.ts";
import { answerQuestions, monotonicMs } from "../worker.ts";
import type { DeskSaw, SeenAlarm } from "./desk.ts";

const seen = new Map<string, SeenAlarm>();
const saw: Omit<DeskSaw, "alarms"> = {
  messages: 0,
  mostAtOnce: 0,
  mostWaiting: 0,
  dangersNotFirst: 0,
  renewalsMs: [],
  acknowledgementsMs: [],
  refused: 0,
};
/** The page renews its list at most once a second. */
const RENEWAL_MS = 1_000;
let isOpen = true;
let socket: WebSocket | undefined;

async function open(url: string): Promise<void> {
  let cookie = "";
  const noting: typeof fetch = (input, init) => {
    cookie = new Headers(init?.headers).get("cookie") ?? cookie;
    return fetch(input, init);
  };
  const api = await demoRegulator(url, noting);
  await api.call(signInRoutes.me, {});
  const address = new URL(LIVE_PATH, url.replace(/^http/, "ws"));
  // Node's own sockets take headers; the types are the browser's.
  socket = new WebSocket(address, { headers: { cookie } } as never);
  const opened = Promise.withResolvers<void>();
  socket.addEventListener("message", ({ data }) => {
    opened.resolve();
    take(JSON.parse(String(data)) as LiveMessage);
  });
  socket.addEventListener("close", () => {
    if (isOpen) throw new Error("the platform has closed the desk's socket");
  });
  await opened.promise;
  void actAsThePage(api);
}

function take(message: LiveMessage): void {
  if (message.type !== "alarms") return;
  const seenAtMs = monotonicMs();
  saw.messages++;
  saw.mostAtOnce = Math.max(saw.mostAtOnce, message.alarms.length);
  const { danger, warning, notice } = message.waiting;
  saw.mostWaiting = Math.max(saw.mostWaiting, danger + warning + notice);
  const lastDanger = message.alarms.findLastIndex(({ severity }) => severity === "danger");
  const firstOther = message.alarms.findIndex(({ severity }) => severity !== "danger");
  if (firstOther !== -1 && firstOther < lastDanger) saw.dangersNotFirst++;
  for (const { machineId, kind, data, alarmId, severity } of message.alarms) {
    const key = alarmKey(machineId ?? "", kind, data);
    if (!seen.has(key)) seen.set(key, { key, alarmId, severity, seenAtMs });
  }
}

async function actAsThePage(api: ApiClient): Promise<void> {
  while (isOpen) {
    const startedMs = monotonicMs();
    const [list] = await Promise.all([
      api.call(alarmRoutes.listAlarms, {
        query: { isOpen: "true", handling: "unacknowledged", pageSize: 20 },
      }),
      api.call(alarmRoutes.countAlarms, { query: {} }),
    ]);
    saw.renewalsMs.push(monotonicMs() - startedMs);
    const [first] = list.items;
    if (first) await acknowledge(api, first.alarmId);
    const restMs = startedMs + RENEWAL_MS - monotonicMs();
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
  }
}

async function acknowledge(api: ApiClient, alarmId: string): Promise<void> {
  const startedMs = monotonicMs();
  try {
    await api.call(alarmRoutes.acknowledgeAlarm, { params: { alarmId }, body: {} });
    saw.acknowledgementsMs.push(monotonicMs() - startedMs);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    saw.refused++;
  }
}

answerQuestions({
  open,
  count: () => seen.size,
  saw: (): DeskSaw => ({ ...saw, alarms: [...seen.values()] }),
  stop() {
    isOpen = false;
    socket?.close();
  },
});
