import { prewarm, setWorkerUrl } from "maplibre-gl";
// MapLibre 6 stays blank without a word when its worker's address is not set.
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

setWorkerUrl(workerUrl);
// It takes as long to start as the page needs to make its first map.
prewarm();
