import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";

/** What Mosquitto needs of the device authority. */
export interface MosquittoAuthority {
  caCertificatePem: string;
  issueServerCertificate(hosts: readonly string[]): Promise<{ certificatePem: string; keyPem: string }>;
  revocationList(revoked: readonly { serialNumber: string; revokedAtMs: number }[]): Promise<string>;
}

export interface MosquittoOptions {
  authority: MosquittoAuthority;
  /** An empty or missing folder, for its configuration, certificates and sessions. */
  dir: string;
  revoked?: readonly { serialNumber: string; revokedAtMs: number }[];
}

export interface Mosquitto {
  /** Where chips connect. */
  url: string;
  port: number;
  /** Where the platform connects, with its own certificate. */
  platformUrl: string;
  /** SIGHUP: reads access rules, certificates and the list of revoked ones again. */
  reload(): void;
  /** SIGSTOP and SIGCONT: it answers nobody, and does not close a connection either. */
  freeze(): void;
  thaw(): void;
  /** SIGKILL: no goodbye, no saved sessions. */
  kill(): Promise<void>;
  /** Starts again on the same ports and folder. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const MOSQUITTO = process.env.HY_MOSQUITTO ?? "/usr/sbin/mosquitto";
const DEPLOYED = fileURLToPath(new URL("../../../deploy/mosquitto/", import.meta.url));

/** A real Mosquitto 2.0 on 127.0.0.1 with the configuration that deploy/ ships; only folders and ports are replaced. */
export async function startMosquitto({ authority, dir, revoked = [] }: MosquittoOptions): Promise<Mosquitto> {
  if (!existsSync(MOSQUITTO)) throw new Error(`${MOSQUITTO} is missing: apt-get install mosquitto`);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { certificatePem, keyPem } = await authority.issueServerCertificate(["localhost", "127.0.0.1"]);
  const [port, platformPort] = [await freePort(), await freePort()];
  const files = {
    "ca.pem": authority.caCertificatePem,
    "server.pem": certificatePem,
    "server.key": keyPem,
    "revoked.pem": await authority.revocationList(revoked),
    acl: await readFile(join(DEPLOYED, "acl"), "utf8"),
    "mosquitto.conf": (await readFile(join(DEPLOYED, "mosquitto.conf"), "utf8"))
      .replaceAll("/etc/hanyouxu/mosquitto/", `${dir}/`)
      .replaceAll("/var/lib/mosquitto/", `${dir}/`)
      .replace("/run/mosquitto/", `${dir}/`)
      .replace("user mosquitto", `user ${userInfo().username}`)
      .replace("listener 8883", `listener ${port} 127.0.0.1`)
      .replace("listener 8884", `listener ${platformPort} 127.0.0.1`),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text, { mode: 0o600 });

  let process = await launch(dir, [port, platformPort]);
  return {
    url: `mqtts://127.0.0.1:${port}`,
    port,
    platformUrl: `mqtts://127.0.0.1:${platformPort}`,
    reload: () => void process.kill("SIGHUP"),
    freeze: () => void process.kill("SIGSTOP"),
    thaw: () => void process.kill("SIGCONT"),
    kill: () => end(process, "SIGKILL"),
    async restart() {
      await end(process, "SIGTERM");
      process = await launch(dir, [port, platformPort]);
    },
    stop: () => end(process, "SIGTERM"),
  };
}

async function launch(dir: string, ports: readonly number[]): Promise<ChildProcess> {
  const child = spawn(MOSQUITTO, ["-c", join(dir, "mosquitto.conf")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000);
  });
  for (const port of ports) {
    while (!(await accepts(port))) {
      if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}: ${output}`);
    }
  }
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}

/** One attempt; a refused connection answers after a few milliseconds, so that asking again is no busy loop. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => setTimeout(resolve, 5, false));
  });
}
