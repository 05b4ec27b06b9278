import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestAuthority } from "./test-certificates.ts";
import { freePort } from "./wire.ts";

/** A Mosquitto with mutual TLS and per-chip access on a free port of 127.0.0.1. */
export interface TestBroker {
  authority: TestAuthority;
  port: number;
  dir: string;
  stop(): Promise<void>;
}

export async function startTestBroker(): Promise<TestBroker> {
  const dir = mkdtempSync(join(tmpdir(), "chip-broker-"));
  const authority = new TestAuthority(dir);
  authority.issue("server");
  authority.issue("platform");
  writeFileSync(
    join(dir, "acl"),
    "pattern write hy1/%u/t\npattern write hy1/%u/e\npattern write hy1/%u/a\npattern read hy1/%u/d\n" +
      "user platform\ntopic read hy1/+/t\ntopic read hy1/+/e\ntopic read hy1/+/a\ntopic write hy1/+/d\n",
  );
  const port = await freePort();
  writeFileSync(
    join(dir, "mosquitto.conf"),
    [
      `listener ${port} 127.0.0.1`,
      `cafile ${join(dir, "ca.pem")}`,
      `certfile ${join(dir, "server.pem")}`,
      `keyfile ${join(dir, "server.key")}`,
      "require_certificate true",
      "use_identity_as_username true",
      "allow_anonymous false",
      `acl_file ${join(dir, "acl")}`,
      "retain_available false",
      `user ${process.getuid?.() === 0 ? "root" : "mosquitto"}`,
      "",
    ].join("\n"),
  );
  const broker = spawn("/usr/sbin/mosquitto", ["-c", join(dir, "mosquitto.conf")], { stdio: "pipe" });
  await listening(port);
  return {
    authority,
    port,
    dir,
    async stop() {
      const exit = once(broker, "exit");
      broker.kill("SIGKILL");
      await exit;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const socket = connect(port, "127.0.0.1");
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("mosquitto does not listen");
}
