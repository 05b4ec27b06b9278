import { z } from "zod";
import { allRoutes } from "./all-routes.ts";
import { errorAnswer } from "./error-answer.ts";
import { needsSession, type Route } from "./route.ts";

type Json = { [key: string]: unknown };

const meanings: Record<number, string> = {
  400: "A field is wrong; `error.fields` names it and says how to put it right",
  401: "Not signed in, or what was given does not fit",
  403: "This role or region may not",
  404: "There is no such thing, or it is not the caller's to see",
  409: "It does not fit the present state",
  429: "Too often; `error.details.retryAfterSeconds` says how long to wait",
  503: "Not available just now",
};

/** The OpenAPI 3.1 description of the HTTP API, made from the same schemas that validate it. */
export function openapiDocument(routes: readonly Route[] = allRoutes): Json {
  const schemas = new Schemas();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, schemas) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "焊有序 Hanyouxu",
      version: "0.1.0",
      description:
        "Scan, decide, grant, energise, record. Times are UTC (RFC 3339), places WGS-84, regions GB/T 2260. " +
        "Messages come in the language of Accept-Language (zh-CN or en). Live updates: a WebSocket at /api/live, or server-sent events at /api/live/events.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "hy_session" },
        client: {
          type: "oauth2",
          description:
            "OAuth 2.0 client credentials (RFC 6749 §4.4). What a client may read is bound to it, not asked for: a " +
            "region with all below it and, by resource, fields. Answers are signed (RFC 9421).",
          flows: { clientCredentials: { tokenUrl: "/api/oauth/token", scopes: {} } },
        },
      },
    },
  };
}

function operation(route: Route, schemas: Schemas): Json {
  const takesInput = route.params || route.query || route.body || route.form;
  const refusals = new Set([...(takesInput ? [400] : []), ...(route.refusals ?? []), 429]);
  const responses: Json = {};
  for (const [status, schema] of Object.entries(route.answers)) {
    responses[status] =
      status === "204"
        ? { description: "Done" }
        : answer("Success", schemas.of(schema, "output"), route.example);
  }
  for (const status of [...refusals].sort((a, b) => a - b)) {
    responses[status] = answer(meanings[status] ?? "Refused", schemas.of(errorAnswer, "output"));
  }
  const parameters = [
    ...schemas.parameters(route.params, "path"),
    ...schemas.parameters(route.query, "query"),
  ];
  return {
    tags: [route.tag],
    summary: route.summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? { requestBody: { required: true, content: json(schemas.of(route.body, "input")) } }
      : {}),
    ...(route.form
      ? {
          requestBody: {
            required: true,
            content: { "application/x-www-form-urlencoded": { schema: schemas.of(route.form, "input") } },
          },
        }
      : {}),
    responses,
    ...(needsSession(route) ? { security: [{ session: [] }] } : {}),
    ...(route.isForClients === true ? { security: [{ client: [] }] } : {}),
    ...(route.isForClients === "beside-people" ? { security: [{ session: [] }, { client: [] }] } : {}),
  };
}

function answer(description: string, schema: Json, example?: unknown): Json {
  return { description, content: json(schema, example) };
}

function json(schema: Json, example?: unknown): Json {
  return { "application/json": { schema, ...(example === undefined ? {} : { example }) } };
}

/** Collects the schemas with an id as components and points to them. */
class Schemas {
  readonly components: Record<string, unknown> = {};

  of(schema: z.ZodType, io: "input" | "output"): Json {
    const {
      $schema: _,
      $defs,
      ...root
    } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json & {
      $defs?: Record<string, Json>;
    };
    const names = new Map(
      Object.keys($defs ?? {}).map((name) => [name, this.#nameFor(name, $defs?.[name], io)]),
    );
    const move = (value: unknown): unknown => withReferences(value, (name) => names.get(name) ?? name);
    for (const [name, definition] of Object.entries($defs ?? {})) {
      const { id: _id, $schema: _schema, ...rest } = definition;
      this.components[names.get(name) ?? name] = move(rest);
    }
    const { id, ...inline } = root;
    if (typeof id !== "string") return move(inline) as Json;
    const name = this.#nameFor(id, inline, io);
    this.components[name] = move(inline);
    return { $ref: `#/components/schemas/${name}` };
  }

  parameters(schema: z.ZodObject | undefined, where: "path" | "query"): Json[] {
    if (!schema) return [];
    const { properties = {}, required = [] } = this.of(schema, "input") as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: where,
      required: where === "path" || required.includes(name),
      schema: property,
    }));
  }

  /** What is sent may differ from what is received (defaults): then it has a name of its own. */
  #nameFor(id: string, definition: unknown, io: "input" | "output"): string {
    const known = this.components[id];
    if (io === "output" || known === undefined) return id;
    return JSON.stringify(known) === JSON.stringify(withoutId(definition)) ? id : `${id}Input`;
  }
}

function withoutId(definition: unknown): unknown {
  const { id: _, ...rest } = definition as Json;
  return withReferences(rest, (name) => name);
}

function withReferences(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, rename));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, nested]) => {
      if (key !== "$ref" || typeof nested !== "string") return [key, withReferences(nested, rename)];
      return [key, `#/components/schemas/${rename(nested.replace("#/$defs/", ""))}`];
    }),
  );
}
