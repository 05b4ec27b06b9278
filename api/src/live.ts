import { z } from "zod";
import { alarmSeverity, alarmSummary } from "./alarm-shapes.ts";
import { machineState } from "./machines.ts";
import { CELL_ZOOM } from "./map-cells.ts";
import { mapFilter } from "./map-filter.ts";
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
    /** The gravest of its open alarms. */
    alarm: alarmSeverity.nullable(),
  })
  .meta({ id: "LiveMachine" });
export type LiveMachine = z.infer<typeof liveMachine>;

/** How many machines are in each state. */
export const stateCounts = z.record(machineState, z.int()).meta({ id: "StateCounts" });
export type StateCounts = z.infer<typeof stateCounts>;

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

const numbers = {
  sequence: z.int(),
  at: z.iso.datetime(),
  counters: liveCounters,
  /** Machines on the map under the filter of the page's view, where it has said one; also of states that it leaves out. */
  states: stateCounts,
  /** The strongest arcs at this moment under that filter; absent while they are those of the message before. */
  strongest: z.array(liveMachine).optional(),
};

/**
 * The WebSocket at /api/live. Texts from the server are JSON: first a snapshot of the figures, then a delta of them once a
 * second, and beside them alarms as soon as they are raised or change. After a snapshot a page that shows alarms asks
 * for its list again. Sequence numbers have no gaps; a client that sees one sends {"type":"resync"} and gets a snapshot.
 * Machines come as bytes, by cell of the map (`CellFrame`), for the view that the page has said: each is told in a text
 * `view` before its cells' snapshots follow. With cells that the view before had too, under the same filter, it goes on.
 */
export const liveMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("snapshot"), ...numbers }),
  z.object({
    type: z.literal("delta"),
    ...numbers,
    /** Of the machines that the view watches, those of which something has changed. */
    changed: z.array(z.uuid()),
  }),
  z.object({
    type: z.literal("view"),
    sequence: z.int(),
    view: z.int(),
    /** Machines of these cells under the filter; with more than `MOST_IN_VIEW` only those with an open alarm are told. */
    machines: z.int(),
    isTooMany: z.boolean(),
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
/** Those of figures. */
export type LivePictureMessage = Extract<LiveMessage, { type: "snapshot" | "delta" }>;

/** More no page draws one by one: it shows the tiles' counts. */
export const MOST_IN_VIEW = 5_000;
/** A wall of three screens has some forty at the lowest zoom at which machines are told one by one. */
export const MOST_CELLS = 96;

/** What a page looks at. */
export const liveView = z.object({
  type: z.literal("view"),
  /** The page's own number for it, which the answer names. */
  view: z.int().min(0),
  cells: z
    .array(
      z
        .int()
        .min(0)
        .max(2 ** (2 * CELL_ZOOM) - 1),
    )
    .max(MOST_CELLS),
  /** Also each machine with an open alarm, wherever it is. */
  hasAlarms: z.boolean(),
  filter: mapFilter,
  /** Machines that a page shows in full: it is told when one changes. */
  watched: z.array(z.uuid()).max(20),
});
export type LiveView = z.output<typeof liveView>;
export type SentLiveView = z.input<typeof liveView>;

export const liveRequest = z.discriminatedUnion("type", [z.object({ type: z.literal("resync") }), liveView]);
export type LiveRequest = z.output<typeof liveRequest>;

export const LIVE_PATH = "/api/live";
/**
 * What the socket tells, as server-sent events for where it is blocked: JSON in events `message`, frames of cells in base64
 * in events `cell`. The view is the query `view`, as JSON; another view is another connection.
 */
export const LIVE_EVENTS_PATH = "/api/live/events";

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
