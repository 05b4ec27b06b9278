import type { Plugin } from "vite";

/** The phone pages live in `mobile/` and are served at `/m/`: a short address for labels and text messages. */
export function mobilePaths(): Plugin {
  return {
    name: "hanyouxu-mobile-paths",
    enforce: "post",
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (request.url === "/m/" || request.url?.startsWith("/m/?")) request.url = "/mobile/index.html";
        next();
      });
    },
    generateBundle(_options, bundle) {
      const page = bundle["mobile/index.html"];
      if (page) page.fileName = "m/index.html";
    },
  };
}
