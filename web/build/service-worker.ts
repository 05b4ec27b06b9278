import type { Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/**
 * Files the phone pages can ask for: everything reachable from their entry, found while bundling, so that the
 * console's map and tables are not downloaded to phones.
 */
function mobileFiles(): { plugin: Plugin; files: Set<string> } {
  const files = new Set<string>(["m/index.html"]);
  const plugin: Plugin = {
    name: "hanyouxu-mobile-files",
    generateBundle(_options, bundle) {
      const entry = Object.values(bundle).find((part) => part.type === "chunk" && part.name === "mobile");
      const queue = entry ? [entry.fileName] : [];
      for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
        if (files.has(name)) continue;
        files.add(name);
        const part = bundle[name];
        if (part?.type !== "chunk") continue;
        queue.push(...part.imports, ...part.dynamicImports);
        for (const file of part.viteMetadata?.importedCss ?? []) files.add(file);
        for (const file of part.viteMetadata?.importedAssets ?? []) files.add(file);
      }
    },
  };
  return { plugin, files };
}

/** The phone pages as an installable app (scope `/m/`) that opens without a network; the API is never cached. */
export function mobileServiceWorker(root: string): Plugin[] {
  const { plugin, files } = mobileFiles();
  return [
    plugin,
    ...VitePWA({
      strategies: "generateSW",
      outDir: "dist/m",
      filename: "sw.js",
      scope: "/m/",
      base: "/",
      injectRegister: null,
      manifest: false,
      workbox: {
        globDirectory: `${root}/dist`,
        globPatterns: ["m/index.html", "assets/**/*.{js,css,wasm}"],
        modifyURLPrefix: { "": "/" },
        maximumFileSizeToCacheInBytes: 4_000_000,
        manifestTransforms: [
          (entries) => ({
            manifest: entries.filter((entry) => files.has(entry.url.replace(/^\//, ""))),
            warnings: [],
          }),
        ],
        importScripts: ["/m/push.js"],
        navigateFallback: "/m/index.html",
        navigateFallbackAllowlist: [/^\/m\//],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        skipWaiting: true,
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ];
}
