import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { chunkGroups } from "./build/chunk-groups.ts";
import { compressed } from "./build/compressed.ts";
import { contract } from "./build/contract.ts";
import { mobilePaths } from "./build/mobile-paths.ts";
import { writeOutline } from "./build/outline.ts";
import { mobileServiceWorker } from "./build/service-worker.ts";

const here = dirname(fileURLToPath(import.meta.url));

/** Where the API of a running server is, for `vite` in development; production serves pages and API together. */
const serverUrl = process.env.HY_SERVER_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: here,
  plugins: [
    { name: "hanyouxu-outline", buildStart: () => void writeOutline() },
    contract(),
    react(),
    mobilePaths(),
    ...mobileServiceWorker(here),
    compressed(resolve(here, "dist")),
  ],
  // One React, the one this workspace names, also for packages that are hoisted elsewhere.
  resolve: { dedupe: ["react", "react-dom", "scheduler"] },
  worker: { format: "es" },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    // Inlined data: URLs would need a wider content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: {
      // The contract is data: what a page does not name is left out of it.
      treeshake: { moduleSideEffects: [{ test: /\/(api|rules|protocol)\/src\//, sideEffects: false }] },
      output: { codeSplitting: { groups: chunkGroups } },
      input: {
        landing: resolve(here, "index.html"),
        console: resolve(here, "console/index.html"),
        mobile: resolve(here, "mobile/index.html"),
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: serverUrl, ws: true } },
  },
});
