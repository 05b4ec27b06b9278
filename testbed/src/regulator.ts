import {
  type ApiClient,
  createApiClient,
  demoRoutes,
  machineRoutes,
  signInRoutes,
  type TimelineEntry,
  type WorkSession,
  workSessionRoutes,
} from "@hanyouxu/api";
import { withCookies } from "@hanyouxu/simulator";

/** The demonstration's county regulator, who sees everything through the API and nothing else. */
export async function demoRegulator(baseUrl: string, fetch = globalThis.fetch): Promise<ApiClient> {
  const api = createApiClient({ baseUrl, fetch: withCookies(fetch), language: () => "en" });
  const { accounts } = await api.call(demoRoutes.demoAccounts, {});
  const account = accounts.find(({ role }) => role === "regulator")!;
  const { username, password, totp } = account;
  await api.call(signInRoutes.signInStaff, {
    body: { username: username!, password: password!, totp: totp! },
  });
  return api;
}

export async function allWorkSessions(api: ApiClient): Promise<WorkSession[]> {
  const sessions: WorkSession[] = [];
  for (let page = 1; ; page++) {
    const { items, total } = await api.call(workSessionRoutes.listWorkSessions, {
      query: { page, pageSize: 200 },
    });
    sessions.push(...items);
    if (sessions.length >= total || items.length === 0) return sessions;
  }
}

type EventEntry = Extract<TimelineEntry, { type: "event" }>["event"];

/** A chip's events as the platform keeps them, oldest first. */
export async function eventsOf(api: ApiClient, machineId: string): Promise<EventEntry[]> {
  const { entries } = await api.call(machineRoutes.getMachineTimeline, {
    params: { machineId },
    query: { limit: 200 },
  });
  return entries
    .flatMap((entry) => (entry.type === "event" ? [entry.event] : []))
    .sort((a, b) => a.boot - b.boot || a.seq - b.seq);
}
