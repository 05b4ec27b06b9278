import type { Clock, RandomBytes } from "@hanyouxu/protocol";
import type { SceneCheckerConfig } from "../config/config.ts";
import { jwkOf } from "../crypto/jwks.ts";
import type { PlatformKeys } from "../crypto/platform-keys.ts";
import { askingAgain } from "../outbound/asking-again.ts";
import { guarded } from "../outbound/breaker.ts";
import { CHECKER, httpChecker } from "./http-checker.ts";
import type { AskedChecker } from "./scene-checker.ts";

/** Staff have the scene meanwhile: nobody waits for the program, and a film takes its time. */
const timeoutMs = 60_000;
const retry = { attempts: 2, firstPauseMs: 2_000, longestPauseMs: 2_000 };
const breaker = { what: CHECKER, failures: 5, openMs: 30_000 };

/** The checker that the configuration names beside staff, asked with patience; or none. */
export function checkerOfConfig(
  config: SceneCheckerConfig | undefined,
  ports: {
    clock: Clock;
    random: RandomBytes;
    keys: PlatformKeys;
    fetch?: typeof globalThis.fetch;
  },
): AskedChecker | undefined {
  if (!config) return undefined;
  const { signer, trusted } = ports.keys;
  const keyId = jwkOf(trusted[0]!).kid;
  const asked = httpChecker({ ...config, ...ports, signer, keyId, timeoutMs });
  return { ...asked, check: guarded(askingAgain(asked.check, ports, retry), ports.clock, breaker) };
}
