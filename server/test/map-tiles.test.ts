import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { registerMapTiles } from "../src/features/map-tiles/map-tiles.ts";
import { type TestApp, withApp } from "./app.ts";

const png = Buffer.from("89504e470d0a1a0a", "hex");

describe("天地图 through the server", () => {
  let app: TestApp;
  let upstream: Server;
  let asked: URL[] = [];
  let answer: { status: number; type: string; body: Buffer | string };
  let cookie: string;
  beforeAll(async () => {
    upstream = createServer((request, response) => {
      asked.push(new URL(request.url ?? "", "http://upstream"));
      response.writeHead(answer.status, { "content-type": answer.type }).end(answer.body);
    });
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
    const address = upstream.address();
    if (address === null || typeof address === "string") throw new Error("no address");
    const map = {
      tiandituKey: "k3y",
      tiandituUrl: `http://127.0.0.1:${address.port}`,
      tiles: undefined,
      pmtilesFile: undefined,
      attribution: "",
      approvalNumber: undefined,
    };
    app = await withApp("pglite", { config: { map }, register: (http, ctx) => registerMapTiles(http, ctx) });
    ({ cookie } = await app.signInAs("regulator", { region: "330723" }));
  });
  beforeEach(() => {
    asked = [];
    answer = { status: 200, type: "image/png", body: png };
  });
  afterAll(async () => {
    await app?.close();
    upstream?.close();
  });

  test("a tile comes with the key kept back", async () => {
    const response = await app.call("GET", "/api/map-tiles/vec/9/426/214", { cookie });
    expect(response.statusCode).toBe(200);
    expect(response.rawPayload).toEqual(png);
    expect(response.headers["content-type"]).toBe("image/png");
    expect(JSON.stringify(response.headers)).not.toContain("k3y");
    expect(asked[0]?.pathname).toBe("/vec_w/wmts");
    expect(Object.fromEntries(asked[0]!.searchParams)).toMatchObject({
      LAYER: "vec",
      TILEMATRIX: "9",
      TILEROW: "214",
      TILECOL: "426",
      tk: "k3y",
    });
  });

  test("strangers get none", async () => {
    expect((await app.call("GET", "/api/map-tiles/vec/9/426/214")).statusCode).toBe(401);
    expect(asked).toEqual([]);
  });

  test.each([
    "img/9/1/1",
    "vec/19/1/1",
    "vec/2/4/0",
    "vec/2/0/4",
    "vec/-1/0/0",
    "vec/1.5/0/0",
    "vec/..%2f/0/0",
    "vec/1/a/0",
  ])("%s is no tile", async (path) => {
    expect((await app.call("GET", `/api/map-tiles/${path}`, { cookie })).statusCode).toBe(400);
    expect(asked).toEqual([]);
  });

  test.each([
    ["a text with status 200", { status: 200, type: "text/html", body: "key k3y refused" }],
    ["a refusal", { status: 403, type: "image/png", body: png }],
    ["a giant", { status: 200, type: "image/png", body: Buffer.alloc(600_000) }],
    ["a redirect", { status: 302, type: "image/png", body: "" }],
  ])("%s is not passed on, and the key is not logged", async (_name, wrong) => {
    answer = wrong;
    const response = await app.call("GET", "/api/map-tiles/cva/1/0/0", { cookie });
    expect(response.statusCode).toBe(503);
    expect(response.body).not.toContain("k3y");
    expect(app.logLines.join("\n")).not.toContain("k3y");
  });
});
