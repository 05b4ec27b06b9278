import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PMTILES_PATH, registerPmtilesFile } from "../src/features/map-tiles/map-tiles.ts";
import { type TestApp, withApp } from "./app.ts";

describe("the operator's own PMTiles archive", () => {
  const dir = mkdtempSync(join(tmpdir(), "hanyouxu-pmtiles-"));
  const content = Buffer.concat([Buffer.from("PMTiles\u0003", "latin1"), Buffer.alloc(1000, 7)]);
  let app: TestApp;
  let cookie: string;

  beforeAll(async () => {
    const pmtilesFile = join(dir, "county.pmtiles");
    writeFileSync(pmtilesFile, content);
    const map = {
      tiandituKey: undefined,
      tiandituUrl: "http://127.0.0.1:1",
      tiles: undefined,
      pmtilesFile,
      attribution: "演示",
      approvalNumber: undefined,
    };
    app = await withApp("pglite", { config: { map }, register: registerPmtilesFile });
    ({ cookie } = await app.signInAs("regulator", { region: "330723" }));
  });
  afterAll(async () => {
    await app?.close();
    rmSync(dir, { recursive: true });
  });

  test("is given out in parts", async () => {
    const response = await app.call("GET", PMTILES_PATH, { cookie, headers: { range: "bytes=0-7" } });
    expect(response.statusCode).toBe(206);
    expect(response.headers["content-range"]).toBe(`bytes 0-7/${content.length}`);
    expect(response.rawPayload).toEqual(content.subarray(0, 8));
  });

  test("is not given out whole, nor to strangers", async () => {
    expect((await app.call("GET", PMTILES_PATH, { cookie })).statusCode).toBe(400);
    expect((await app.call("GET", PMTILES_PATH, { headers: { range: "bytes=0-7" } })).statusCode).toBe(401);
  });
});
