import type { Bench } from "./bench.ts";
import { alarmStorm } from "./benches/alarm-storm.ts";
import { bypass } from "./benches/bypass.ts";
import { camera } from "./benches/camera.ts";
import { fence } from "./benches/fence.ts";
import { fenceDrift } from "./benches/fence-drift.ts";
import { frames } from "./benches/frames.ts";
import { bulkImport } from "./benches/import.ts";
import { ingest } from "./benches/ingest.ts";
import { liveClients } from "./benches/live-clients.ts";
import { map } from "./benches/map.ts";
import { mobileMachines } from "./benches/mobile-machines.ts";
import { similarPictures } from "./benches/similar-pictures.ts";
import { startLatency } from "./benches/start-latency.ts";
import { statistics } from "./benches/statistics.ts";
import { tiles } from "./benches/tiles.ts";
import { trends } from "./benches/trends.ts";
import { wallSoak } from "./benches/wall-soak.ts";

export const benches: readonly Bench[] = [
  frames,
  startLatency,
  ingest,
  bulkImport,
  mobileMachines,
  fence,
  fenceDrift,
  similarPictures,
  bypass,
  camera,
  alarmStorm,
  statistics,
  trends,
  tiles,
  map,
  liveClients,
  wallSoak,
];
