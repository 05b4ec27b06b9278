import type { Clock, RandomBytes } from "@hanyouxu/protocol";
import type { RegistryConfig } from "../config/config.ts";
import { askingAgain } from "../outbound/asking-again.ts";
import { guarded } from "../outbound/breaker.ts";
import { Unreachable } from "../outbound/unreachable.ts";
import { cachingRegistry } from "./caching-registry.ts";
import type { CertificateRegistry } from "./certificate-registry.ts";
import { httpRegistry } from "./http-registry.ts";

/** A person waits for the answer at the phone: two attempts of two seconds, and a pause below one. */
const timeoutMs = 2_000;
const retry = { attempts: 2, firstPauseMs: 800, longestPauseMs: 800 };
const what = "certificate registry";
const breaker = { what, failures: 5, openMs: 30_000 };
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
        throw new Unreachable(what, "not-configured");
      },
    };
  }
  const { clock } = ports;
  const asked = askingAgain(httpRegistry({ ...config, ...ports, timeoutMs }).check, ports, retry);
  return cachingRegistry({ isConfigured: true, check: guarded(asked, clock, breaker) }, clock, cache);
}
