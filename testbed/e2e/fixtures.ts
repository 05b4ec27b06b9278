import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApiClient, demoRoutes, machineRoutes } from "@hanyouxu/api";
import { type DemoWelder, type Scenario, scenariosOf } from "@hanyouxu/simulator";
import { type BrowserContext, test as base, expect } from "@playwright/test";
import { demoRegulator, type System, startSystem } from "../src/index.ts";
import { layCounty } from "../src/laid-county.ts";
import { showToCamera } from "./camera.ts";
import { ConsolePages } from "./console-pages.ts";
import {
  ContextPool,
  DESK_SCREEN,
  type Device,
  type Language,
  newPage,
  type StorageState,
} from "./context-pool.ts";
import { PhonePages } from "./phone-pages.ts";

/** Some other QR code, which is no machine's. */
export const A_POSTER = "https://example.org/a-poster";

interface WorkerFixtures {
  /** The whole system with the cast's machines online; HY_MODE=server runs it on Mosquitto and PostgreSQL. */
  system: System;
  scenarios: readonly Scenario[];
  /** Sees through the API what the pages should show. */
  regulator: ApiClient;
  /** Shows the code of an address to every camera opened from now on. */
  camera: typeof showToCamera;
  /** One sign-in a person, shared by the tests: codes are rate-limited, as they should be. */
  cookies: Map<string, StorageState>;
  pool: ContextPool;
}

/** A phone or a desk for this test. */
export type DeviceOf = (device: Device) => Promise<BrowserContext>;

interface TestFixtures {
  deviceOf: DeviceOf;
  /** A welder's phone at a place, signed in. */
  phoneOf(welder: DemoWelder, place: Scenario["phonePosition"], language?: Language): Promise<PhonePages>;
  /** The desk of the demonstration's regulator, signed in. */
  desk(language?: Language, size?: { width: number; height: number }): Promise<ConsolePages>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  system: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
    async ({}, use) => {
      const dir = mkdtempSync(join(tmpdir(), "hy-e2e-"));
      const mode = process.env.HY_MODE === "server" ? "server" : "embedded";
      const system = await startSystem({
        ...(await layCounty(dir, mode === "server" ? "server" : "past")),
        mode,
        online: 8,
        environment: { HY_LOG_LEVEL: "silent" },
        onProblem: (what, error) => process.stderr.write(`${what}: ${error}\n`),
      });
      await system.fleet.started;
      await system.history?.done;
      await use(system);
      await system[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 400_000 },
  ],
  scenarios: [async ({ system }, use) => use(scenariosOf(system.county)), { scope: "worker" }],
  regulator: [
    async ({ system }, use) => {
      const regulator = await demoRegulator(system.url);
      for (const { machine } of system.fleet.machines) {
        const params = { machineId: machine.machineId };
        await expect
          .poll(async () => (await regulator.call(machineRoutes.getMachine, { params })).state)
          .not.toBe("offline");
      }
      await use(regulator);
    },
    { scope: "worker", timeout: 200_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
  cookies: [async ({}, use) => use(new Map()), { scope: "worker" }],
  // Chromium remembers for a while that there was no camera: there is one from the start.
  camera: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern.
    async ({}, use) => {
      await showToCamera(A_POSTER);
      await use(showToCamera);
      rmSync(process.env.HY_E2E_CAMERA!, { force: true });
    },
    { scope: "worker", auto: true },
  ],

  pool: [async ({ browser, system }, use) => use(new ContextPool(browser, system.url)), { scope: "worker" }],
  deviceOf: async ({ pool, serviceWorkers }, use, testInfo) => {
    const taken: BrowserContext[] = [];
    await use(async (device) => {
      const context = await pool.take({ keepsPages: serviceWorkers === "allow", ...device });
      taken.push(context);
      return context;
    });
    const hasFailed = testInfo.status !== testInfo.expectedStatus;
    for (const context of taken) await pool.giveBack(context, { hasFailed });
  },

  phoneOf: async ({ deviceOf, regulator: _ready, cookies }, use) => {
    await use(async (welder, place, language = "zh-CN") => {
      const state = cookies.get(welder.welderId);
      const permissions = place ? (["camera", "geolocation"] as const) : (["camera"] as const);
      const context = await deviceOf({ screen: "phone", language, permissions, place, state });
      const phone = new PhonePages(await newPage(context), language);
      if (!state) {
        await phone.signIn(welder.phone);
        cookies.set(welder.welderId, await context.storageState());
      }
      return phone;
    });
  },

  desk: async ({ deviceOf, regulator, cookies }, use) => {
    await use(async (language = "zh-CN", screen = DESK_SCREEN) => {
      const state = cookies.get("regulator");
      const context = await deviceOf({ screen, language, state });
      const desk = new ConsolePages(await newPage(context), language);
      if (!state) {
        await desk.signIn(await freshRegulatorAccount(regulator));
        cookies.set("regulator", await context.storageState());
      }
      return desk;
    });
  },
});

export { expect };

/**
 * The regulator whom the demonstration puts on show, with a one-time password that nobody has used: the platform
 * takes each only once, and the API's own sign-in took one just now.
 */
async function freshRegulatorAccount(api: ApiClient) {
  const read = async () => {
    const { accounts } = await api.call(demoRoutes.demoAccounts, {});
    const { username, password, totp } = accounts.find(({ role }) => role === "regulator")!;
    return { username: username!, password: password!, totp: totp! };
  };
  const { totp: maybeUsed } = await read();
  await expect.poll(async () => (await read()).totp, { timeout: 40_000 }).not.toBe(maybeUsed);
  return await read();
}
