import type { App } from "@hanyouxu/server";
import type { Stillness } from "./stillness.ts";

/** What the network between phones and the platform does. Rates are 0–1. */
export interface PhoneFaults {
  /** The request never arrives. */
  lostRequests: number;
  /** The request is carried out and its answer is lost: what an idempotency key is for. */
  lostAnswers: number;
}

export const NO_PHONE_FAULTS: PhoneFaults = { lostRequests: 0, lostAnswers: 0 };

export interface InjectFetchOptions {
  /** The server that answers now; undefined while none does. */
  server(): { http: App["http"]; gone: Promise<never> } | undefined;
  stillness: Stillness;
  faults(): PhoneFaults;
  random(): number;
}

/** `fetch` into a server of this process, without sockets. Fails as fetch does: with a TypeError. */
export function injectFetch({
  server,
  stillness,
  faults,
  random,
}: InjectFetchOptions): typeof globalThis.fetch {
  const lost = (what: string) => new TypeError(`fetch failed: ${what}`);
  return async (input, init) => {
    const url = new URL(String(input));
    const at = server();
    if (!at) throw lost("nobody listens");
    const { lostRequests, lostAnswers } = faults();
    if (random() < lostRequests) throw lost("the request was lost");
    const answer = await stillness.track(
      `${init?.method ?? "GET"} ${url.pathname}`,
      Promise.race([
        at.gone,
        at.http.inject({
          method: (init?.method ?? "GET") as "GET",
          url: url.pathname + url.search,
          headers: { ...Object.fromEntries(new Headers(init?.headers)), host: url.host },
          ...(typeof init?.body === "string" ? { payload: init.body } : {}),
        }),
      ]),
    );
    if (random() < lostAnswers) throw lost("the answer was lost");
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined) headers.append(name, String(one));
      }
    }
    const hasBody = answer.statusCode !== 204 && answer.statusCode !== 304;
    return new Response(hasBody ? answer.payload : null, { status: answer.statusCode, headers });
  };
}
