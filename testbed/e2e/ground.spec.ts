import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { createApiClient, demoRoutes } from "@hanyouxu/api";
import type { Page } from "@playwright/test";
import { startSystem } from "../src/index.ts";
import { layCounty } from "../src/laid-county.ts";
import { ConsolePages } from "./console-pages.ts";
import { expect, test } from "./fixtures.ts";
import { oneTileArchive } from "./one-tile-archive.ts";
import { watchForProblems } from "./problems.ts";

const ORANGE = [200, 90, 10] as const;

test("the map's ground is the operator's own archive, read in parts", async ({ browser }) => {
  const dir = mkdtempSync(join(tmpdir(), "hy-ground-"));
  const archive = join(dir, "county.pmtiles");
  writeFileSync(archive, oneTileArchive(ORANGE));
  {
    await using system = await startSystem({
      ...(await layCounty(dir, "past")),
      online: 0,
      environment: { HY_LOG_LEVEL: "silent", HY_MAP_PMTILES: archive, HY_MAP_ATTRIBUTION: "演示底图" },
    });
    const page = await browser.newPage({ baseURL: system.url, viewport: { width: 1366, height: 768 } });
    watchForProblems(page);
    const office = new ConsolePages(page, "zh-CN");
    const { accounts } = await createApiClient({ baseUrl: system.url, fetch }).call(
      demoRoutes.demoAccounts,
      {},
    );
    const { username, password, totp } = accounts.find(({ role }) => role === "regulator")!;
    await office.signIn({ username: username!, password: password!, totp: totp! });
    await office.openMap();
    await expect(page.getByText("演示底图")).toBeVisible();
    // Where neither machines nor panels are: the ground's own colour, somewhat darkened or not at all.
    await expect.poll(async () => (await pixelAt(page, 330, 620)).join()).toBe(ORANGE.join());
    await page.close();
  }
  // Only once nothing writes there any more.
  rmSync(dir, { recursive: true });
});

/** What a person sees there, as red, green, blue: of one pixel alone a PNG holds just these after its filter's byte. */
async function pixelAt(page: Page, x: number, y: number): Promise<number[]> {
  const picture = await page.screenshot({ clip: { x, y, width: 1, height: 1 } });
  const parts: Buffer[] = [];
  for (let at = 8; at < picture.length; at += picture.readUInt32BE(at) + 12) {
    const data = picture.subarray(at + 8, at + 8 + picture.readUInt32BE(at));
    if (picture.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(data);
  }
  return [...inflateSync(Buffer.concat(parts)).subarray(1, 4)];
}
