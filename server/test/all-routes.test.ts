import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allRoutes, needsSession, type Route } from "@hanyouxu/api";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, startApp } from "../src/app.ts";
import { loadConfig } from "../src/config/load-config.ts";
import { createSecrets } from "../src/config/secrets.ts";
import { engines, newPostgresUrl } from "./database.ts";

const id = "0198c0de-0000-7000-8000-00000000000a";
const pathOf = (route: Route, value: string) => route.path.replaceAll(/:\w+/g, encodeURIComponent(value));
const name = (route: Route) => `${route.method} ${route.path}`;

describe.each(engines)("every route of the whole server on %s", (engine) => {
  let app: App;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "hy-routes-"));
    createSecrets(join(dataDir, "secrets"));
    const config = loadConfig({
      HY_DATA_DIR: dataDir,
      HY_DATABASE: engine === "pglite" ? "pglite" : await newPostgresUrl({ migrated: false }),
      HY_HTTP_PORT: "0",
      HY_MQTT_PORT: "0",
      HY_DEMO: "1",
    });
    app = await startApp(config, { log: pino({ level: "silent" }) });
  });
  afterAll(async () => {
    await app?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test("of the contract is there", () => {
    const missing = allRoutes.filter(
      (route) => !app.http.hasRoute({ method: route.method, url: route.path }),
    );
    expect(missing.map(name)).toEqual([]);
  });

  test.each(allRoutes.filter(needsSession).map((route) => [name(route), route] as const))(
    "%s is refused to strangers before anything is looked at",
    async (_name, route) => {
      for (const value of [id, "'; drop table persons; --", "<script>"]) {
        const response = await app.http.inject({
          method: route.method,
          url: pathOf(route, value),
          ...(route.body ? { payload: { nonsense: value } } : {}),
        });
        expect(response.statusCode).toBe(401);
        expect(response.json().error.code).toBe("sign_in.required");
      }
    },
  );

  test.each(allRoutes.filter(({ method }) => method !== "GET").map((route) => [name(route), route] as const))(
    "%s is refused to pages of other sites",
    async (_name, route) => {
      const response = await app.http.inject({
        method: route.method,
        url: pathOf(route, id),
        headers: { origin: "https://evil.example" },
      });
      expect(response.statusCode).toBe(403);
      expect(response.json().error.code).toBe("request.origin_refused");
    },
  );

  test.each(
    allRoutes
      .filter((route) => route.body && !needsSession(route))
      .map((route) => [name(route), route] as const),
  )("%s, open to strangers, refuses every wrong body and names the field", async (_name, route) => {
    for (const payload of [[], "text", 7, { phone: { $gt: "" } }, { username: ["a"] }, {}]) {
      const response = await app.http.inject({
        method: route.method,
        url: pathOf(route, id),
        payload: JSON.stringify(payload),
        headers: { "content-type": "application/json" },
      });
      expect(response.statusCode).toBe(400);
      expect(response.json().error.fields[0].path).toMatch(/^body/);
    }
  });

  test("answers over a real socket, and lets go of it when closed", async () => {
    const response = await fetch(`${app.url}/readyz`);
    expect(await response.json()).toEqual({ status: "ready", database: true, broker: true });
    const description = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(description.paths)).toHaveLength(new Set(allRoutes.map(({ path }) => path)).size);
  });
});
