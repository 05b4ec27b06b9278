import { readMachineTile, type SentMapFilter } from "@hanyouxu/api";
import { useEffect, useState } from "react";
import type { LoadedTile } from "./canvas-painter.ts";
import type { TileName } from "./canvas-view.ts";

/** As old as the tiles of the other map may be. */
const REFRESH_MS = 10_000;

export interface LoadedTiles {
  tiles: readonly LoadedTile[];
  isFailed: boolean;
}

/** The machine tiles of a view under a filter, read anew from time to time; the last ones stay until the next are there. */
export function useMachineTiles(wanted: readonly TileName[], filter: SentMapFilter): LoadedTiles {
  const [loaded, setLoaded] = useState<LoadedTiles>({ tiles: [], isFailed: false });
  const names = wanted.map(({ z, x, y }) => `${z}/${x}/${y}`).join();
  const query = new URLSearchParams(filter as Record<string, string>).toString();
  useEffect(() => {
    const abort = new AbortController();
    const load = async () => {
      try {
        const tiles = await Promise.all(
          names
            .split(",")
            .filter(Boolean)
            .map((name) => loadTile(name, query, abort.signal)),
        );
        setLoaded({ tiles, isFailed: false });
      } catch {
        if (!abort.signal.aborted) setLoaded((before) => ({ ...before, isFailed: true }));
      }
    };
    void load();
    const timer = setInterval(() => {
      if (!document.hidden) void load();
    }, REFRESH_MS);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [names, query]);
  return loaded;
}

async function loadTile(name: string, query: string, signal: AbortSignal): Promise<LoadedTile> {
  const response = await fetch(`/api/map/tiles/${name}.mvt${query === "" ? "" : `?${query}`}`, {
    signal,
    credentials: "same-origin",
  });
  if (!response.ok) throw new Error(`a tile: ${response.status}`);
  const [z = 0, x = 0, y = 0] = name.split("/").map(Number);
  return { tile: { z, x, y }, features: readMachineTile(new Uint8Array(await response.arrayBuffer())) };
}
