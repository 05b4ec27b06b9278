import { readFileSync } from "node:fs";
import type { Findings } from "./findings.ts";
import { hostileText, hostileValue, type SeededRandom } from "./hostile-values.ts";
import { type JsonSchema, sampleOf } from "./schema-values.ts";

interface Operation {
  method: string;
  path: string;
  parameters: { name: string; in: "path" | "query"; schema: JsonSchema }[];
  body: JsonSchema | undefined;
}

interface OpenApi {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: Operation["parameters"];
        requestBody?: { content: Record<string, { schema: JsonSchema }> };
      }
    >
  >;
  components?: { schemas?: Record<string, JsonSchema> };
}

/** Ends the sign-in that the others of the run use. */
const LEFT_ALONE = new Set(["POST /api/sign-out", "DELETE /api/sign-ins/{signInId}"]);
const ANSWER_WITHIN_MS = 20_000;

/** Somebody who calls the API: a fetch that keeps his cookies, or a stranger's. */
export interface Caller {
  name: string;
  fetch: typeof fetch;
}

/** Calls every operation of the served contract with values that do not belong there. */
export class ApiFuzz {
  readonly #baseUrl: string;
  readonly #callers: readonly Caller[];
  readonly #random: SeededRandom;
  readonly #findings: Findings;
  readonly #operations: Operation[];
  readonly #schemas: Record<string, JsonSchema>;

  constructor(baseUrl: string, callers: readonly Caller[], random: SeededRandom, findings: Findings) {
    const document = JSON.parse(
      readFileSync(new URL("../../../api/openapi.json", import.meta.url), "utf8"),
    ) as OpenApi;
    this.#baseUrl = baseUrl;
    this.#callers = callers;
    this.#random = random;
    this.#findings = findings;
    this.#schemas = document.components?.schemas ?? {};
    this.#operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters ?? [],
        body: operation.requestBody?.content["application/json"]?.schema,
      })),
    );
  }

  /** One request. */
  async step(): Promise<void> {
    const random = this.#random;
    const operation = random.pick(
      this.#operations.filter(({ method, path }) => !LEFT_ALONE.has(`${method} ${path}`)),
    );
    const caller = random.pick(this.#callers);
    const url = this.#baseUrl + this.#pathOf(operation) + this.#queryOf(operation);
    const { body, type } = this.#bodyOf(operation);
    const request = `${caller.name}: ${operation.method} ${url.slice(0, 300)} ${type} ${body?.slice(0, 600) ?? ""}`;
    this.#findings.count(`api ${caller.name}`);
    try {
      const answer = await caller.fetch(url, {
        method: operation.method,
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        headers: body === undefined ? {} : { "content-type": type },
        ...(body === undefined ? {} : { body }),
      });
      await this.#judge(request, answer);
    } catch (error) {
      this.#findings.violation(`${request} → ${String(error)} ${String((error as Error).cause ?? "")}`);
    }
  }

  async #judge(request: string, answer: Response): Promise<void> {
    const { status } = answer;
    const type = answer.headers.get("content-type") ?? "";
    this.#findings.count(`api ${status}`);
    if (type.startsWith("text/event-stream")) return void (await answer.body?.cancel());
    const text = await answer.text();
    if (status >= 500) this.#findings.violation(`${request} → ${status} ${text}`);
    if (status === 204 || text === "") return;
    // What came in comes back in errors: as JSON it cannot run, as a page it could.
    if (type.startsWith("text/html")) this.#findings.violation(`${request} → ${status} as ${type}: ${text}`);
    // A head above 16 KiB never gets as far as the API.
    if (status < 400 || status === 431) return;
    const error = (parsed(text) as { error?: { code?: unknown; message?: unknown } } | undefined)?.error;
    const isExplained = typeof error?.code === "string" && typeof error.message === "string";
    if (!isExplained) this.#findings.violation(`${request} → ${status} without code and message: ${text}`);
    if (/\bat .+:\d+:\d+|SQLSTATE|relation "|syntax error at/.test(text)) {
      this.#findings.violation(`${request} → ${status} tells of its insides: ${text}`);
    }
  }

  #pathOf({ path, parameters }: Operation): string {
    return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
      const schema = parameters.find((parameter) => parameter.name === name)?.schema ?? {};
      const random = this.#random;
      const value = random.chance(0.5) ? sampleOf(random, schema, this.#schemas) : hostileText(random);
      return encoded(String(value)) || "x";
    });
  }

  #queryOf({ parameters }: Operation): string {
    const random = this.#random;
    const pairs = parameters
      .filter((parameter) => parameter.in === "query" && random.chance(0.4))
      .flatMap(({ name, schema }) => {
        const value = random.chance(0.4) ? sampleOf(random, schema, this.#schemas) : hostileText(random);
        const pair = `${name}=${encoded(String(value))}`;
        return random.chance(0.1) ? [pair, pair] : [pair];
      });
    if (random.chance(0.1)) pairs.push(`${encoded(hostileText(random))}=${encoded(hostileText(random))}`);
    return pairs.length > 0 ? `?${pairs.join("&")}` : "";
  }

  #bodyOf({ body: schema, method }: Operation): { body: string | undefined; type: string } {
    const random = this.#random;
    if (method === "GET" || (!schema && random.chance(0.7))) return { body: undefined, type: "" };
    const type = random.chance(0.9)
      ? "application/json"
      : random.pick(["text/plain", "application/xml", "multipart/form-data", "x/y; charset=\u00ff", ""]);
    if (random.chance(0.1)) {
      const broken = [
        "{",
        "[".repeat(20_000),
        '{"a":1}}',
        "\ufeff{}",
        "nul",
        '"',
        "{'a':1}",
        " ".repeat(2_000_000),
      ];
      return { body: random.pick(broken), type };
    }
    const whole = sampleOf(random, schema ?? {}, this.#schemas);
    return { body: JSON.stringify(random.chance(0.1) ? hostileValue(random) : spoiled(random, whole)), type };
  }
}

/** The value with one or more of its leaves replaced, removed or joined by strangers. */
function spoiled(random: SeededRandom, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return hostileValue(random);
  const entries = Object.entries(value);
  const changed = entries.flatMap(([name, own]): [string, unknown][] => {
    if (random.chance(0.3)) return [[name, random.chance(0.3) ? spoiled(random, own) : hostileValue(random)]];
    return random.chance(0.1) ? [] : [[name, own]];
  });
  if (random.chance(0.2)) changed.push([hostileText(random), hostileValue(random)]);
  return Object.fromEntries(changed);
}

/** Half of a surrogate pair cannot be written in a URL. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
