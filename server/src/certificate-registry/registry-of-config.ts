import type { Clock, RandomBytes } from "@hanyouxu/protocol";
import type { RegistryConfig } from "../config/config.ts";
import { cachingRegistry } from "./caching-registry.ts";
import { type CertificateRegistry, RegistryUnreachable } from "./certificate-registry.ts";
import { guardedRegistry } from "./guarded-registry.ts";
import { httpRegistry } from "./http-registry.ts";
import { retryingRegistry } from "./retrying-registry.ts";

/** A person waits for the answer at the phone: two attempts of two seconds, and a pause below one. */
const timeoutMs = 2_000;
const retry = { attempts: 2, firstPauseMs: 800, longestPauseMs: 800 };
const breaker = { failures: 5, openMs: 30_000 };
const cache = { validMs: 3_600_000, otherMs: 60_000, entries: 10_000 };

/** The registry that the configuration names, asked with patience and remembered; or none. */
export function registryOfConfig(
  config: RegistryConfig | undefined,
  ports: { clock: Clock; random: RandomBytes; fetch?: typeof globalThis.fetch },
): CertificateRegistry {
  if (!config) {
    return {
      isConfigured: false,
      async check() {
        throw new RegistryUnreachable("not-configured");
      },
    };
  }
  const { clock } = ports;
  const asked = retryingRegistry(httpRegistry({ ...config, ...ports, timeoutMs }), ports, retry);
  return cachingRegistry(guardedRegistry(asked, clock, breaker), clock, cache);
}
