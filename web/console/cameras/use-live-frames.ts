import { cameraRoutes, watchFramePath } from "@hanyouxu/api";
import { useEffect, useState } from "react";
import { api, failureText } from "../../ui/api.ts";

const ASKED_EVERY_MS = 500;

export interface LiveFrames {
  /** Of the newest picture, for an image. */
  url: string | undefined;
  count: number;
  /** Why no more pictures come. */
  problem: string | undefined;
}

/** Asks for picture after picture while the page is there; leaving ends the watching. */
export function useLiveFrames(watchId: string): LiveFrames {
  const [frames, setFrames] = useState<LiveFrames>({ url: undefined, count: 0, problem: undefined });
  useEffect(() => {
    const leaving = new AbortController();
    let shown: string | undefined;
    let after: string | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function ask(): Promise<void> {
      const response = await fetch(watchFramePath(watchId, after), { signal: leaving.signal });
      if (response.status === 200) {
        after = response.headers.get("hy-picture-id") ?? undefined;
        const url = URL.createObjectURL(await response.blob());
        if (shown) URL.revokeObjectURL(shown);
        shown = url;
        setFrames(({ count }) => ({ url, count: count + 1, problem: undefined }));
      } else if (!response.ok) {
        const said = (await response.json()) as { error: { message: string } };
        setFrames((before) => ({ ...before, problem: said.error.message }));
        return;
      }
      next();
    }

    function next(): void {
      timer = setTimeout(() => {
        ask().catch((error: unknown) => {
          if (leaving.signal.aborted) return;
          setFrames((before) => ({ ...before, problem: failureText(error) }));
          next();
        });
      }, ASKED_EVERY_MS);
    }

    next();
    return () => {
      clearTimeout(timer);
      leaving.abort();
      if (shown) URL.revokeObjectURL(shown);
      api.call(cameraRoutes.endWatch, { params: { watchId } }).catch(() => {
        // It ends by itself when nobody asks.
      });
    };
  }, [watchId]);
  return frames;
}
