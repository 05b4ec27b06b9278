import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** The built pages: `/` chooses, `/m/` is the phone's, `/console/` the desk's. Their routes live behind `#`. */
export async function registerPages(server: FastifyInstance, webDir: string | undefined): Promise<void> {
  if (webDir === undefined || !existsSync(join(webDir, "index.html"))) {
    server.log.warn(
      { webDir },
      "没有网页文件，仅提供接口 / no pages there, only the API is served: npm run build",
    );
    return;
  }
  await server.register(fastifyStatic, {
    root: webDir,
    index: ["index.html"],
    cacheControl: false,
    // As the build has laid them beside (`web/build/compressed.ts`).
    preCompressed: true,
    setHeaders(reply, path) {
      // Names in assets/ carry a digest of the content.
      const isImmutable = path.startsWith(join(webDir, "assets"));
      reply.header("cache-control", isImmutable ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  for (const page of ["m", "console"]) {
    server.get(`/${page}`, async (_request, reply) => reply.redirect(`/${page}/`));
  }
  // What a label's QR says: any phone's own camera leads to the machine.
  server.get<{ Params: { code: string } }>("/c/:code", async (request, reply) =>
    reply.redirect(`/m/#/machine/${encodeURIComponent(request.params.code)}`),
  );
  // And that of a key area's sign: to what is demanded there.
  server.get<{ Params: { code: string } }>("/s/:code", async (request, reply) =>
    reply.redirect(`/m/#/site/${encodeURIComponent(request.params.code)}`),
  );
}
