import type { ErrorAnswer } from "./error-answer.ts";
import type { Language } from "./language.ts";
import type { Route, RouteAnswer, SentBody, SentParams, SentQuery } from "./route.ts";

export interface ApiClientOptions {
  /** Without a trailing slash; empty on the platform's own pages. */
  baseUrl: string;
  fetch: typeof globalThis.fetch;
  language?: () => Language;
  /** Added to every request: a cookie outside browsers. */
  headers?: () => Record<string, string>;
}

/** What one call sends: only the parts the route has. */
export type CallInput<R extends Route> = (R["params"] extends object ? { params: SentParams<R> } : unknown) &
  (R["query"] extends object ? { query?: SentQuery<R> } : unknown) &
  (R["body"] extends object ? { body: SentBody<R> } : unknown) & { signal?: AbortSignal };

/** A refusal or failure of the platform; `code` is stable, `message` is for the person. Status 0: no answer came. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly fields: readonly { path: string; message: string }[];
  readonly details: Record<string, unknown>;

  constructor(status: number, answer: ErrorAnswer["error"] | undefined, cause?: unknown) {
    super(answer?.message ?? "network.failed", { cause });
    this.status = status;
    this.code = answer?.code ?? (status === 0 ? "network.failed" : "service.failed");
    this.fields = answer?.fields ?? [];
    this.details = answer?.details ?? {};
  }
}

export interface ApiClient {
  /** @throws ApiError */
  call<R extends Route>(route: R, input: CallInput<R>): Promise<RouteAnswer<R>>;
}

/** A typed client made from the route table; answers are trusted, the server has checked them. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  return {
    async call(route, input) {
      const { params, query, body, signal } = input as {
        params?: Record<string, unknown>;
        query?: Record<string, unknown>;
        body?: unknown;
        signal?: AbortSignal;
      };
      const headers: Record<string, string> = { ...options.headers?.() };
      const language = options.language?.();
      if (language) headers["accept-language"] = language;
      if (body !== undefined) headers["content-type"] = "application/json";
      const url = options.baseUrl + fillPath(route.path, params) + queryString(query);
      let response: Response;
      try {
        response = await options.fetch(url, {
          method: route.method,
          headers,
          credentials: "same-origin",
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          ...(signal ? { signal } : {}),
        });
      } catch (error) {
        throw new ApiError(0, undefined, error);
      }
      const text = await response.text();
      if (!response.ok) throw new ApiError(response.status, errorIn(text));
      return text === "" ? null : JSON.parse(text);
    },
  };
}

function fillPath(path: string, params: Record<string, unknown> = {}): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

function queryString(query: Record<string, unknown> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}

function errorIn(text: string): ErrorAnswer["error"] | undefined {
  try {
    return (JSON.parse(text) as Partial<ErrorAnswer>).error;
  } catch {
    return undefined;
  }
}
