import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  createSecrets,
  type DeviceAuthority,
  issueTestChip,
  openDeviceAuthority,
  systemClock,
} from "@hanyouxu/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMosquitto } from "./mosquitto.ts";
import { type Postgres, startPostgres } from "./postgres.ts";

const command = fileURLToPath(new URL("../../../server/src/commands/write-broker-files.ts", import.meta.url));

describe("the command that writes a broker's files", () => {
  let dir: string;
  let postgres: Postgres;
  let authority: DeviceAuthority;
  let environment: Record<string, string>;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "hanyouxu-broker-files-"));
    postgres = await startPostgres();
    environment = { HY_DATA_DIR: join(dir, "data"), HY_DATABASE: postgres.url };
    createSecrets(join(dir, "data", "secrets"));
    await write("--out", join(dir, "mosquitto"), "--host", "mqtt.example.cn", "--host", "10.0.0.5");
    authority = await openDeviceAuthority(join(dir, "data", "device-ca"), systemClock);
  });
  afterAll(async () => {
    await postgres.stop();
    await rm(dir, { recursive: true });
  });

  async function write(...args: string[]): Promise<string> {
    const env = { PATH: process.env.PATH, ...environment };
    return (await promisify(execFile)(process.execPath, [command, ...args], { env })).stdout;
  }

  const openssl = async (...args: string[]) => (await promisify(execFile)("openssl", args)).stdout;
  const file = (name: string) => join(dir, "mosquitto", name);

  it("gives the broker a certificate for its names, under the authority, and a key that others cannot read", async () => {
    expect(
      await openssl("verify", "-purpose", "sslserver", "-CAfile", file("ca.pem"), file("server.pem")),
    ).toContain("OK");
    const text = await openssl("x509", "-in", file("server.pem"), "-noout", "-ext", "subjectAltName");
    expect(text).toContain("DNS:mqtt.example.cn, IP Address:10.0.0.5");
    expect((await stat(file("server.key"))).mode & 0o007).toBe(0);
  });

  it("tells a running Mosquitto of a chip that was revoked meanwhile", async () => {
    const mosquitto = await startMosquitto({ authority, dir: join(dir, "running") });
    const [gone, kept] = [await issueTestChip(authority), await issueTestChip(authority)];
    (await gone.connect(mosquitto.url)).end(true);
    await promisify(execFile)("psql", [
      "-X",
      "-d",
      postgres.url,
      "-c",
      `insert into chips (chip_id, spki, certificate_serial, enrolled_at, revoked_at)
       values ('${gone.chipId}', '\\x00', '${gone.serialNumber}', now(), now() - interval '1 minute')`,
    ]);
    await write("--out", join(dir, "mosquitto"), "--revocations-only");
    await copyFile(file("revoked.pem"), join(dir, "running", "revoked.pem"));
    mosquitto.reload();
    const refused = async () => {
      try {
        (await gone.connect(mosquitto.url)).end(true);
        return "";
      } catch (error) {
        return String(error);
      }
    };
    await expect.poll(refused, { timeout: 10_000 }).toContain("revoked");
    (await kept.connect(mosquitto.url)).end(true);
    await mosquitto.stop();
  });

  it("leaves certificate and key alone when only the list is asked for", async () => {
    const before = await readFile(file("server.key"), "utf8");
    expect(await write("--out", join(dir, "mosquitto"), "--revocations-only")).toBe(
      `${file("revoked.pem")}\n`,
    );
    expect(await readFile(file("server.key"), "utf8")).toBe(before);
  });

  it.each([
    [[], "--out"],
    [["--out", "x"], "--host"],
    [["--nonsense"], "--nonsense"],
  ])("explains %j", async (args, word) => {
    await expect(write(...args)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(word) });
  });
});
