import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

/** What the fake camera shows; the file is written before a page opens the camera. Workers inherit the variable. */
process.env.HY_E2E_CAMERA ??= join(tmpdir(), `hanyouxu-camera-${process.pid}.mjpeg`);

export default defineConfig({
  testDir: "./e2e",
  outputDir: "../test-results",
  // One system, one county, one browser: tests share it, each with people and machines of its own.
  workers: 1,
  fullyParallel: false,
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
