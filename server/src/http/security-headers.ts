import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";
import type { Config } from "../config/config.ts";

/** What the pages may load: themselves, WebAssembly for the code reader, pictures they made, the configured map. */
export async function setSecurityHeaders(server: FastifyInstance, { http, map }: Config): Promise<void> {
  const isHttps = http.publicUrl?.startsWith("https:") ?? false;
  const mapOrigins = map.tiles === undefined ? [] : [new URL(map.tiles.urlTemplate).origin];
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'"],
        // The component library writes its style sheets at run time.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:", ...mapOrigins],
        "media-src": ["'self'", "blob:"],
        "connect-src": ["'self'", ...socketOrigins(http.publicUrl), ...mapOrigins],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        ...(isHttps ? { "upgrade-insecure-requests": [] } : {}),
      },
    },
    hsts: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: false,
    frameguard: { action: "deny" },
  });
  server.addHook("onRequest", async (_request, reply) => {
    reply.header("permissions-policy", "camera=(self), geolocation=(self), microphone=(), payment=()");
  });
}

/** Older Safari does not count a WebSocket on the page's own host as `'self'`. */
function socketOrigins(publicUrl: string | undefined): string[] {
  return publicUrl === undefined ? [] : [publicUrl.replace(/^http/, "ws")];
}
