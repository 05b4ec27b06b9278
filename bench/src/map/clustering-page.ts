import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { MachineRecord } from "@hanyouxu/server/live-map";

const OUTLINE = fileURLToPath(new URL("../../../web/map/generated/outline.json", import.meta.url));
const PAGE = `<!doctype html><meta charset="utf-8"><title>peer</title>
<style>html,body{margin:0;height:100%;background:#04142c}#map{position:absolute;inset:0}</style>
<div id="map"></div>
<script type="module">
import * as maplibre from "/maplibre-gl.mjs";
maplibre.setWorkerUrl("/maplibre-gl-worker.mjs");
const map = new maplibre.Map({ container: "map", style: { version: 8, sources: {}, layers: [] },
  center: [120.4, 29.1], zoom: 6.6, attributionControl: false, localIdeographFontFamily: "sans-serif" });
const sum = (name) => ["+", ["get", name]];
map.once("load", () => {
  map.addSource("outline", { type: "geojson", data: "/outline.json" });
  const area = ["has", "adcode"];
  map.addLayer({ id: "fill", type: "fill", source: "outline", filter: area, paint: { "fill-color": "#08295a" } });
  map.addLayer({ id: "line", type: "line", source: "outline", filter: area, paint: { "line-color": "#3f78b8" } });
  map.addSource("machines", { type: "geojson", data: "/machines.json", cluster: true, clusterRadius: 46,
    clusterMaxZoom: 15, clusterProperties: { working: sum("working"), alarm: sum("alarm") } });
  const many = ["has", "point_count"];
  map.addLayer({ id: "clusters", type: "circle", source: "machines", filter: many, paint: {
    "circle-color": "#0d3f7d", "circle-stroke-width": 3, "circle-stroke-color": ["case",
      [">", ["get", "alarm"], 0], "#ff4d4f", [">", ["get", "working"], 0], "#3dfcb0", "#4c94ff"],
    "circle-radius": ["interpolate", ["linear"], ["ln", ["get", "point_count"]], 0.7, 12, 4, 19, 8, 30] } });
  map.addLayer({ id: "counts", type: "symbol", source: "machines", filter: many, layout: {
    "text-field": ["to-string", ["get", "point_count"]], "text-size": 13, "text-allow-overlap": true },
    paint: { "text-color": "#fff" } });
  map.addLayer({ id: "points", type: "circle", source: "machines", filter: ["!", many], paint: {
    "circle-radius": 7, "circle-color": "#4c94ff" } });
  map.on("idle", () => {
    if (map.querySourceFeatures("machines").length > 0) window.paintedAtMs ??= performance.now();
  });
});
</script>`;

/** A page that gets every machine as GeoJSON and clusters them by itself, on the same ground. */
export class ClusteringPage {
  readonly #server: Server;
  readonly url: string;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(machines: readonly MachineRecord[]): Promise<ClusteringPage> {
    const program = dirname(fileURLToPath(import.meta.resolve("maplibre-gl")));
    const script = (name: string) =>
      ["text/javascript", gzipSync(readFileSync(join(program, name)))] as const;
    const files: Record<string, readonly [type: string, bytes: Uint8Array]> = {
      "/": ["text/html", gzipSync(PAGE)],
      "/outline.json": ["application/json", gzipSync(readFileSync(OUTLINE))],
      "/machines.json": ["application/json", gzipSync(JSON.stringify(geoJsonOf(machines)))],
      "/maplibre-gl.mjs": script("maplibre-gl.mjs"),
      "/maplibre-gl-shared.mjs": script("maplibre-gl-shared.mjs"),
      "/maplibre-gl-worker.mjs": script("maplibre-gl-worker.mjs"),
    };
    const server = createServer(({ url = "" }, response) => {
      const file = files[url];
      if (!file) return response.writeHead(404).end();
      const headers = { "content-type": file[0], "content-encoding": "gzip", "cache-control": "no-store" };
      return response
        .writeHead(200, url.endsWith(".mjs") ? { ...headers, "cache-control": "max-age=9999" } : headers)
        .end(file[1]);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ClusteringPage(server);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function geoJsonOf(machines: readonly MachineRecord[]) {
  return {
    type: "FeatureCollection",
    features: machines.map(({ machineId, state, alarm, place }) => ({
      type: "Feature",
      properties: {
        id: machineId,
        working: Number(state === "arcing" || state === "energised"),
        alarm: Number(alarm !== null),
      },
      geometry: { type: "Point", coordinates: [place!.longitudeDegrees, place!.latitudeDegrees] },
    })),
  };
}
