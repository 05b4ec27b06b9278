import { randomBytes } from "node:crypto";
import type { Clock } from "@hanyouxu/protocol";
import type { County } from "@hanyouxu/simulator";
import { demoNewcomers } from "./demo-newcomers.ts";
import { type RegisteredCertificate, type RegistryServer, startRegistryServer } from "./registry-server.ts";

/** The demonstration's registry: what the county's welders hold, and what some newcomers will enter. */
export async function startDemoRegistry(county: County, clock: Clock): Promise<RegistryServer> {
  const held = county.welders.flatMap(({ name, identityNumber, certificates }) =>
    certificates.map((certificate): RegisteredCertificate => ({ ...certificate, name, identityNumber })),
  );
  const newcomers = demoNewcomers(county).filter(({ isInRegistry }) => isInRegistry);
  return await startRegistryServer([...held, ...newcomers.map(({ certificate }) => certificate)], {
    token: randomBytes(24).toString("base64url"),
    today: () => new Date(clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10),
  });
}
