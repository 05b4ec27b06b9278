/**
 * `node server/src/commands/write-broker-files.ts --out FOLDER [--host NAME]... [--revocations-only]`: writes what an
 * external broker needs of the device authority: its CA, its own certificate and key, the revocation list. Run it again
 * daily with --revocations-only and have the broker reload: the list expires after 30 days, and a broker with an
 * expired list refuses every chip.
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../clock.ts";
import { ConfigError } from "../config/config-error.ts";
import { loadConfig } from "../config/load-config.ts";
import { FolderLocked } from "../db/folder-lock.ts";
import { openDeviceAuthority } from "../device-ca/device-authority.ts";
import { revocationListOf } from "../features/chip-enrolment/chip-enrolment.ts";
import { createLogger } from "../log.ts";
import { openStore } from "../open-store.ts";

const usage =
  "用法 / usage: node server/src/commands/write-broker-files.ts --out FOLDER --host mqtt.example.cn [--host 10.0.0.5]\n" +
  "         …write-broker-files.ts --out FOLDER --revocations-only\n";

/** What was typed cannot be used. */
class UsageError extends Error {}

try {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      host: { type: "string", multiple: true, default: [] },
      "revocations-only": { type: "boolean", default: false },
    },
  });
  const { out, host: hosts, "revocations-only": isListOnly } = values;
  if (!out) throw new UsageError("--out 缺失 / --out is missing");
  if (!isListOnly && hosts.length === 0) {
    throw new UsageError(
      "--host 缺失：填写焊之芯连接时使用的主机名或地址 / --host is missing: the names and addresses that chips connect to",
    );
  }
  for (const name of await write(out, hosts, isListOnly)) process.stdout.write(`${join(out, name)}\n`);
} catch (error) {
  const isTyped = error instanceof UsageError || (error instanceof TypeError && "code" in error);
  const isKnown = isTyped || error instanceof ConfigError || error instanceof FolderLocked;
  if (!isKnown) throw error;
  process.stderr.write(`${isTyped ? usage : ""}${(error as Error).message}\n`);
  process.exitCode = 2;
}

async function write(out: string, hosts: readonly string[], isListOnly: boolean): Promise<string[]> {
  const config = loadConfig(process.env);
  const { store, close } = await openStore(config, createLogger("error"));
  try {
    const authority = await openDeviceAuthority(join(config.dataDir, "device-ca"), systemClock);
    mkdirSync(out, { recursive: true, mode: 0o750 });
    const files: Record<string, string> = { "revoked.pem": await revocationListOf(store, authority) };
    if (!isListOnly) {
      const identity = await authority.issueServerCertificate(hosts);
      files["ca.pem"] = authority.caCertificatePem;
      files["server.pem"] = identity.certificatePem;
      files["server.key"] = identity.keyPem;
    }
    for (const [name, text] of Object.entries(files)) replaceFile(join(out, name), text);
    return Object.keys(files);
  } finally {
    await close();
  }
}

/** The broker may read at any moment: it finds the old file or the new one. Readable by the owner and its group. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o640 });
  renameSync(`${path}.new`, path);
}
