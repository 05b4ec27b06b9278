import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { DeviceAuthority } from "@hanyouxu/server";

/** Mosquitto with TLS and nothing else: no access control, no persistence. */
export async function startBareMosquitto(
  authority: DeviceAuthority,
  dir: string,
): Promise<{ port: number; stop(): Promise<void> }> {
  await mkdir(dir);
  const { certificatePem, keyPem } = await authority.issueServerCertificate(["127.0.0.1"]);
  const port = await freePort();
  const file = (name: string) => join(dir, name);
  const configuration = [
    `user ${userInfo().username}`,
    `listener ${port} 127.0.0.1`,
    `cafile ${file("ca.pem")}`,
    `certfile ${file("server.pem")}`,
    `keyfile ${file("server.key")}`,
    "require_certificate true",
    "use_identity_as_username true",
    "set_tcp_nodelay true",
  ].join("\n");
  await writeFile(file("ca.pem"), authority.caCertificatePem);
  await writeFile(file("server.pem"), certificatePem);
  await writeFile(file("server.key"), keyPem, { mode: 0o600 });
  await writeFile(file("mosquitto.conf"), `${configuration}\n`);
  const child = spawn("/usr/sbin/mosquitto", ["-c", file("mosquitto.conf")], { stdio: "ignore" });
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}`);
  }
  return {
    port,
    async stop() {
      const exited = once(child, "exit");
      child.kill();
      await exited;
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => setTimeout(resolve, 5, false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
