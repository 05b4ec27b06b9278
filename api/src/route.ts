import type { z } from "zod";

/** One HTTP route as both sides see it; the server registers it, the client calls it, the OpenAPI page lists it. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `:name` for each of `params`. */
  path: `/${string}`;
  summary: string;
  /** The OpenAPI group. */
  tag: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Where the usual bound of a body is too small, as for photos. */
  bodyLimitBytes?: number;
  /** The fields of an `application/x-www-form-urlencoded` body, where a standard asks for one (OAuth 2.0). */
  form?: z.ZodObject;
  /** The body of a success by status; `noContent` where there is none. */
  answers: Readonly<Record<number, z.ZodType>>;
  /** The refusals it can give besides 400, 429 and 500. */
  refusals?: readonly number[];
  /** No session is needed: a 401 is about what the caller shows (a code, a token, a proof). */
  isOpen?: true;
  /**
   * For departments' programs: a bearer token of `POST /api/oauth/token` instead of a session; or, `beside-people`, either
   * of the two.
   */
  isForClients?: true | "beside-people";
  /** A success as it may look, for the OpenAPI page; invented values. */
  example?: unknown;
}

/** Keeps the exact schemas in the type, so that handlers and the client are typed from the contract. */
export function defineRoute<const R extends Route>(route: R): R {
  return route;
}

/** Whether only a signed-in person may call it. */
export function needsSession(route: Route): boolean {
  return route.refusals?.includes(401) === true && !route.isOpen && !route.isForClients;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Sent<S> = S extends z.ZodType ? z.input<S> : undefined;

/** What a handler receives after validation. */
export type RouteParams<R extends Route> = Parsed<R["params"]>;
export type RouteQuery<R extends Route> = Parsed<R["query"]>;
export type RouteBody<R extends Route> = Parsed<R["body"]>;
/** What a caller sends. */
export type SentParams<R extends Route> = Sent<R["params"]>;
export type SentQuery<R extends Route> = Sent<R["query"]>;
export type SentBody<R extends Route> = Sent<R["body"]>;
/** The body of a success. */
export type RouteAnswer<R extends Route> = z.output<R["answers"][keyof R["answers"]]>;
