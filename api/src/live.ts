import { z } from "zod";
import { alarmSummary } from "./alarm-shapes.ts";
import { machineState } from "./machines.ts";
import { defineRoute } from "./route.ts";

/** One machine on the live map. */
export const liveMachine = z
  .object({
    id: z.uuid(),
    name: z.string(),
    longitudeDegrees: z.number(),
    latitudeDegrees: z.number(),
    state: machineState,
    isMobile: z.boolean(),
    currentAmps: z.number().nullable(),
  })
  .meta({ id: "LiveMachine" });
export type LiveMachine = z.infer<typeof liveMachine>;

/** What counts at this moment within the caller's regions; null for what the caller's department may not count. */
export const liveCounters = z
  .object({
    machines: z.int(),
    online: z.int(),
    working: z.int(),
    refusedToday: z.int().nullable(),
    alarms: z.int().nullable(),
  })
  .meta({ id: "LiveCounters" });
export type LiveCounters = z.infer<typeof liveCounters>;

/**
 * The WebSocket at /api/live, JSON messages from the server: first a snapshot, then at most one delta a second holding
 * only what changed, and beside them alarms as soon as they are raised or change. After a snapshot a page that shows
 * alarms asks for its list again. Sequence numbers have no gaps; a client that sees one sends {"type":"resync"} and gets a snapshot.
 */
export const liveMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("snapshot"),
    sequence: z.int(),
    at: z.iso.datetime(),
    machines: z.array(liveMachine),
    counters: liveCounters,
  }),
  z.object({
    type: z.literal("delta"),
    sequence: z.int(),
    at: z.iso.datetime(),
    machines: z.array(liveMachine),
    counters: liveCounters,
  }),
  /** Alarms within the caller's sight that are new or have changed; one that is there already goes by `revision`. */
  z.object({
    type: z.literal("alarms"),
    sequence: z.int(),
    at: z.iso.datetime(),
    alarms: z.array(alarmSummary),
    /** So many more follow by severity: in a storm a page is told of some hundred a second, dangers first. */
    waiting: z.object({ danger: z.int(), warning: z.int(), notice: z.int() }),
  }),
]);
export type LiveMessage = z.infer<typeof liveMessage>;
/** Those about machines. */
export type LivePictureMessage = Exclude<LiveMessage, { type: "alarms" }>;

export const liveRequest = z.object({ type: z.literal("resync") });

export const LIVE_PATH = "/api/live";

/** How the map draws its ground; everything else about the map is the page's own. */
export const mapConfig = z
  .object({
    base: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("outline") }),
      /** 天地图: vec_w and cva_w through the platform's own proxy path, the key stays on the server. */
      z.object({ kind: z.literal("tianditu"), tileUrlTemplates: z.array(z.string()) }),
      /** An archive of the operator's own, read in parts (PMTiles v3). */
      z.object({ kind: z.literal("pmtiles"), url: z.string(), attribution: z.string() }),
      z.object({ kind: z.literal("xyz"), tileUrlTemplates: z.array(z.string()), attribution: z.string() }),
    ]),
    /** 审图号, shown bottom right; null shows 边界仅供示意，未送审. */
    approvalNumber: z.string().nullable(),
    centre: z.object({ longitudeDegrees: z.number(), latitudeDegrees: z.number(), zoom: z.number() }),
    isDemo: z.boolean(),
  })
  .meta({ id: "MapConfig" });
export type MapConfig = z.infer<typeof mapConfig>;

export const liveRoutes = {
  mapConfig: defineRoute({
    method: "GET",
    path: "/api/map-config",
    tag: "live",
    summary: "The map's ground, its approval number, and whether this is a demonstration; open to everyone",
    answers: { 200: mapConfig },
  }),
};
