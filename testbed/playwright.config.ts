import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

/** What the fake camera of a worker shows; the file is written before a page opens the camera. */
const worker = process.env.TEST_PARALLEL_INDEX;
if (worker !== undefined)
  process.env.HY_E2E_CAMERA = join(tmpdir(), `hanyouxu-camera-${process.ppid}-${worker}.mjpeg`);

/**
 * Half of the specs by their time. The halves run side by side, each on a system of its own and always in the order of
 * its files: what one test leaves behind, the next of its half finds in every run.
 */
const secondHalf = [
  "key-areas",
  "law",
  "machine-models",
  "movement",
  "permits",
  "place-signs",
  "places",
  "rectification",
  "refusals",
  "region-orders",
  "regions",
  "retrofit",
  "screens",
  "silence-alarms",
  "work-alarms",
].map((name) => `**/${name}.spec.ts`);

export default defineConfig({
  testDir: "./e2e",
  outputDir: "../test-results",
  // A half: one system, one county, one browser. Its tests share it, each with people and machines of its own.
  workers: 2,
  fullyParallel: false,
  projects: [
    { name: "first", testIgnore: secondHalf, workers: 1 },
    { name: "second", testMatch: secondHalf, workers: 1 },
  ],
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    trace: "retain-on-failure",
    // A step that waits for ever says so long before its test ends.
    actionTimeout: 45_000,
    launchOptions: {
      executablePath: process.env.HY_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        // Software WebGL for the map on machines without a graphics card.
        "--use-gl=angle",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
        "--ignore-gpu-blocklist",
        // A dialog stands where it will stay, a list that was chosen from is gone: what is pressed does not move away.
        "--force-prefers-reduced-motion",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        `--use-file-for-fake-video-capture=${process.env.HY_E2E_CAMERA}`,
      ],
    },
  },
});
