import type { Broker } from "./broker/broker.ts";
import { type EmbeddedBroker, embeddedBroker } from "./broker/embedded-broker.ts";
import type { AppContext } from "./context.ts";
import type { DeviceAuthority } from "./device-ca/device-authority.ts";

export interface OpenedBroker {
  broker: Broker;
  /** Present in embedded mode. */
  embedded: EmbeddedBroker | undefined;
  /** Where chips are told to connect; known once the broker has started. */
  chipUrl: () => string;
}

/** The broker that the configuration names, with certificates of the device authority; `start` is the caller's. */
export async function brokerOfConfig(
  ctx: Pick<AppContext, "config" | "clock" | "random" | "metrics">,
  authority: DeviceAuthority,
  isChipAllowed: (chipId: Parameters<EmbeddedBroker["disconnect"]>[0]) => boolean,
): Promise<OpenedBroker> {
  const { broker: config, http } = ctx.config;
  const { clock, metrics } = ctx;
  const common = {
    clock,
    random: () => new DataView(ctx.random(4).buffer).getUint32(0) / 2 ** 32,
    count: (event: string) => metrics.brokerEvents.inc({ event }),
  };
  const { caCertificatePem } = authority;
  if (config.kind === "embedded") {
    const publicHost = http.publicUrl === undefined ? [] : [new URL(http.publicUrl).hostname];
    const names = new Set([config.host, "localhost", "127.0.0.1", ...config.names, ...publicHost]);
    const identity = await authority.issueServerCertificate([...names].filter((name) => !isWildcard(name)));
    const { host, port } = config;
    const embedded = embeddedBroker({
      ...common,
      host,
      port,
      tls: { ...identity, caCertificatePem },
      isChipAllowed,
    });
    const chipHost = [...names].find((name) => !isWildcard(name) && !isLoopback(name)) ?? "127.0.0.1";
    return {
      broker: embedded,
      embedded,
      chipUrl: () => config.chipUrl ?? `mqtts://${chipHost}:${embedded.port}`,
    };
  }
  const identity = config.identity ?? (await authority.issuePlatformCertificate());
  // Its client and all that this needs is loaded only where there is such a broker.
  const { externalBroker } = await import("./broker/external-broker.ts");
  const broker = externalBroker({
    ...common,
    url: config.url,
    clientId: `hanyouxu-${config.serverName}`,
    tls: { ...identity, caCertificatePem: config.caCertificatePem ?? caCertificatePem },
  });
  return { broker, embedded: undefined, chipUrl: () => config.chipUrl ?? config.url };
}

/** “Every address” is nothing a certificate can name. */
function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
