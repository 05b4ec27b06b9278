import { get as httpGet, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { mapLayerName, readMachineTile } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltMachine, buildEnterprise, buildMachine, buildStaff } from "./county.ts";
import { engines } from "./database.ts";
import { LiveReader, viewOf } from "./live-reader.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";

const own = "330723100" as RegionCode;
/** A township of the same county, and one whose code begins alike. */
const others = ["330723101", "330724100"] as RegionCode[];

/** Everything that tells of places of machines, asked by a clerk of one township: no byte of another's comes out. */
describe.each(engines)("a township's clerk on %s", (engine) => {
  let app: TestPlatform;
  let cookie: string;
  let mine: BuiltMachine;
  const foreign: BuiltMachine[] = [];
  beforeAll(async () => {
    app = await withPlatform(engine);
    for (const region of [own, ...others]) {
      const enterpriseId = await buildEnterprise(app.ctx, { region, name: `演示${region}厂` });
      const machine = await buildMachine(app.ctx, { enterpriseId, region, name: `演示${region}机` });
      if (region === own) mine = machine;
      else foreign.push(machine);
      await app.bringOnline(machine.chip);
      await app.say(machine.chip.event("tamper", { raised: true }));
    }
    await app.picture.refresh();
    ({ cookie } = await buildStaff(app, "regulator", { region: own }));
  });
  afterAll(() => app?.close());

  const get = (url: string) => app.call("GET", url, { cookie });
  /** Of another's machine: its id as text or bytes, its name. */
  function expectOnlyOwn(bytes: Uint8Array): void {
    const data = Buffer.from(bytes);
    for (const { machineId } of foreign) {
      expect(data.includes(machineId)).toBe(false);
      expect(data.includes(Buffer.from(machineId.replaceAll("-", ""), "hex"))).toBe(false);
    }
    for (const region of others) expect(data.includes(`演示${region}`)).toBe(false);
  }

  const filters = [
    "",
    "hasAlarm=true",
    "states=tampered",
    "region=33",
    ...others.map((code) => `region=${code}`),
  ];

  test("gets tiles of the own machines at every zoom, whatever is filtered by", async () => {
    const x = (zoom: number) => Math.floor((119.8 / 360 + 0.5) * 2 ** zoom);
    const north = (28.9 / 180) * Math.PI;
    const y = (zoom: number) => Math.floor((0.5 - Math.asinh(Math.tan(north)) / (2 * Math.PI)) * 2 ** zoom);
    for (let zoom = 0; zoom <= 22; zoom++) {
      for (const filter of filters) {
        const { rawPayload } = await get(`/api/map/tiles/${zoom}/${x(zoom)}/${y(zoom)}.mvt?${filter}`);
        expectOnlyOwn(rawPayload);
        const points = readMachineTile(rawPayload).map(({ properties }) => [properties.n, properties.id]);
        expect(points).toEqual(others.some((code) => filter.endsWith(code)) ? [] : [[1, mine.machineId]]);
      }
    }
  });

  test("counts and lists the own machines, whatever is filtered by", async () => {
    for (const filter of filters) {
      const expected = others.some((code) => filter.endsWith(code)) ? 0 : 1;
      const counted = (await get(`/api/map/counts?${filter}`)).json();
      expect([filter, counted.machines, counted.alarms]).toEqual([filter, expected, expected]);
      for (const area of ["", "&box=119,28,120,29", "&polygon=119,28;120,28;120,29;119,29", "&cell=0.9.5"]) {
        const response = await get(`/api/map/machines?${filter}${area}`);
        expectOnlyOwn(response.rawPayload);
        if (area !== "&cell=0.9.5")
          expect([filter, area, response.json().total]).toEqual([filter, area, expected]);
      }
    }
  });

  test("finds, selects, lays over and takes away the own, whatever is asked", async () => {
    const box = "box=119,28,120,29";
    const polygon = "polygon=119,28;120,28;120,29;119,29";
    for (const text of ["演示", ...others, ...foreign.map(({ machineCode }) => machineCode)])
      expectOnlyOwn((await get(`/api/map/search?text=${encodeURIComponent(text)}`)).rawPayload);
    for (const layer of mapLayerName.options) {
      const { rawPayload } = await get(`/api/map/layers/${layer}?${box}`);
      expectOnlyOwn(rawPayload);
    }
    const { total } = (await get(`/api/map/layers/enterprises?${box}`)).json();
    expect(total).toBe(1);
    expect((await get(`/api/map/layers/alarms?${box}`)).json().total).toBe(1);
    for (const filter of filters) {
      const expected = others.some((code) => filter.endsWith(code)) ? 0 : 1;
      const selected = (await get(`/api/map/selection?${polygon}&${filter}`)).json();
      expect([filter, selected.machines, selected.enterprises, selected.alarms]).toEqual([
        filter,
        expected,
        expected,
        expected,
      ]);
      const choices = await get(`/api/map/choices?${filter}`);
      expectOnlyOwn(choices.rawPayload);
      for (const code of others) expect(Object.keys(choices.json().choices.region)).not.toContain(code);
      const file = await get(`/api/exports/map-selection?${polygon}&${filter}&format=csv`);
      expect(file.statusCode).toBe(200);
      expectOnlyOwn(file.rawPayload);
    }
  });

  test("is told by the socket of the own machines: in snapshots, deltas, alarms and what is watched", async () => {
    const reader = new LiveReader();
    const texts: Buffer[] = [];
    const socket = await app.http.injectWS(
      "/api/live",
      { headers: { cookie } },
      {
        onInit: (ws: { on(event: "message", listener: (data: Buffer, isBinary: boolean) => void): void }) =>
          void ws.on("message", (data, isBinary) => {
            if (isBinary) return reader.takeFrame(data);
            texts.push(data);
            reader.send(JSON.parse(data.toString()));
          }),
      },
    );
    socket.send(
      JSON.stringify(
        viewOf({ hasAlarms: true, watched: [mine, ...foreign].map(({ machineId }) => machineId) }),
      ),
    );
    await expect.poll(() => reader.frames.length).toBe(2);
    // Everything moves, and everything is news.
    for (const { chip } of [mine, ...foreign])
      await app.say(chip.telemetry(), chip.event("tamper", { raised: false }));
    app.clock.advance(1_000);
    await app.picture.refresh();
    await expect.poll(() => reader.of("delta").length).toBe(1);
    expect(reader.of("delta")[0]).toMatchObject({ changed: [mine.machineId], counters: { machines: 1 } });
    await expect.poll(() => reader.frames.length).toBeGreaterThan(2);
    expect(new Set(reader.machines().map(({ id }) => id))).toEqual(new Set([mine.machineId]));
    for (const bytes of [...texts, ...reader.frames]) expectOnlyOwn(bytes);
    socket.terminate();
  });

  test("is told the same by events where the socket is blocked", async () => {
    await app.http.listen({ host: "127.0.0.1", port: 0 });
    const { port } = app.http.server.address() as AddressInfo;
    const watched = [mine, ...foreign].map(({ machineId }) => machineId);
    const view = encodeURIComponent(JSON.stringify(viewOf({ hasAlarms: true, watched })));
    const stream = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = httpGet({ port, path: `/api/live/events?view=${view}`, headers: { cookie } }, resolve);
      request.on("error", reject);
    });
    expect(stream.headers["content-type"]).toMatch("text/event-stream");
    let text = "";
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    const cells = () =>
      [...text.matchAll(/event: cell\ndata: (\S+)\n\n/g)].map(([, data]) => Buffer.from(data!, "base64"));
    await expect.poll(() => cells().length).toBe(2);
    for (const { chip } of [mine, ...foreign]) await app.say(chip.telemetry());
    app.clock.advance(1_000);
    await app.picture.refresh();
    await expect.poll(() => text).toContain('"type":"delta"');
    const reader = new LiveReader();
    for (const bytes of cells()) reader.takeFrame(bytes);
    expect(new Set(reader.machines().map(({ id }) => id))).toEqual(new Set([mine.machineId]));
    for (const bytes of [Buffer.from(text), ...cells()]) expectOnlyOwn(bytes);
    stream.destroy();
  });
});
