import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

/** What the fake camera of a worker shows; the file is written before a page opens the camera. */
const worker = process.env.TEST_PARALLEL_INDEX;
if (worker !== undefined)
  process.env.HY_E2E_CAMERA = join(tmpdir(), `hanyouxu-camera-${process.ppid}-${worker}.mjpeg`);

/**
 * The specs in four parts, as many side by side as there are cores, but three at least: a third of the time is waiting
 * for chips and deadlines. Each of the first two takes as long as the other two one after the other. Each part has a
 * system of its own and always goes in the order of its files: what one test leaves behind, the next of its part finds in
 * every run. What is named in no part runs with "work".
 */
const parts = {
  alarms: [
    "alarm-storm",
    "alarms-by-kind",
    "alarms",
    "cameras",
    "duty",
    "enterprises",
    "gas-alarms",
    "ground",
    "imports",
    "playback",
    "sharing",
    "silence-alarms",
    "work-alarms",
  ],
  areas: [
    "clearance-crash",
    "clearances",
    "evidence",
    "key-areas",
    "law",
    "permits",
    "place-signs",
    "places",
    "simultaneous-work",
    "wall",
  ],
  screens: [
    "machine-models",
    "map-tools",
    "movement",
    "rectification",
    "refusals",
    "region-orders",
    "regions",
    "retrofit",
    "screens",
    "statistics-reports",
  ],
};

// Chromium without its own windows, which nobody sees here: a page takes a third of the time that it takes with them.
process.env.HY_CHROMIUM ??= "/usr/bin/chromium-headless-shell";

const filesOf = (names: readonly string[]) => names.map((name) => `**/${name}.spec.ts`);

export default defineConfig({
  testDir: "./e2e",
  // A folder for what the parts share: the county that each has a copy of.
  globalSetup: "../server/test/global-setup.ts",
  outputDir: "../test-results",
  // A part: one system, one county, one browser. Its tests share it, each with people and machines of its own.
  workers: Math.min(Object.keys(parts).length + 1, Math.max(3, availableParallelism())),
  fullyParallel: false,
  projects: [
    ...Object.entries(parts).map(([name, files]) => ({ name, testMatch: filesOf(files), workers: 1 })),
    { name: "work", testIgnore: filesOf(Object.values(parts).flat()), workers: 1 },
  ],
  forbidOnly: true,
  // How long before a test is said to hang: machines differ by a factor of three, and parts go side by side.
  timeout: 300_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    // A test that fails leaves what its page holds in words, and a picture. A trace costs a fifth of a whole run.
    trace: process.env.HY_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    // A phone's first visit keeps all its pages for later, which takes a core two seconds: only where that is looked at.
    serviceWorkers: "block",
    // A step that waits for ever says so long before its test ends.
    actionTimeout: 45_000,
    // A dialog stands where it will stay, a list that was chosen from is gone: what is pressed does not move away.
    // Said to each context: Playwright tells pages "no preference" unless it is asked, whatever flag Chromium has.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env.HY_CHROMIUM,
      args: [
        "--no-sandbox",
        // Pages are painted by the processor, which is cheaper than by a graphics card that the processor plays; the
        // map's WebGL 2 has one played for it.
        "--disable-gpu",
        "--enable-unsafe-swiftshader",
        // Pages of a device share a process, and what it has compiled (`context-pool.ts`).
        "--process-per-site",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        // What a page runs is over before it is worth to have it compiled for speed, which took a sixth of a test.
        "--js-flags=--no-opt,--no-maglev,--max-lazy",
        `--use-file-for-fake-video-capture=${process.env.HY_E2E_CAMERA}`,
      ],
    },
  },
});
