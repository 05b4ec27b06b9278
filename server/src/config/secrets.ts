import { createECDH, generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Secrets } from "./config.ts";
import type { ConfigProblem } from "./config-error.ts";
import type { Values } from "./keys.ts";

type SecretKey =
  | "HY_MASTER_KEY"
  | "HY_BLIND_INDEX_KEY"
  | "HY_MACHINE_CODE_KEY"
  | "HY_SIGN_IN_PEPPER"
  | "HY_PLATFORM_KEY_1"
  | "HY_PLATFORM_KEY_2"
  | "HY_PUSH_KEY";

const secretFiles: readonly {
  key: SecretKey;
  file: string;
  generate: () => string;
  /** Nothing else needs it. */
  isOptional?: true;
}[] = [
  { key: "HY_MASTER_KEY", file: "master-key", generate: () => `1:${randomBytes(32).toString("base64")}\n` },
  { key: "HY_BLIND_INDEX_KEY", file: "blind-index-key", generate: base64Key },
  { key: "HY_MACHINE_CODE_KEY", file: "machine-code-key", generate: base64Key },
  { key: "HY_SIGN_IN_PEPPER", file: "sign-in-pepper", generate: base64Key },
  { key: "HY_PLATFORM_KEY_1", file: "platform-key-1.pem", generate: signingKey },
  { key: "HY_PLATFORM_KEY_2", file: "platform-key-2.pem", generate: signingKey },
  { key: "HY_PUSH_KEY", file: "push-key", generate: pushKey, isOptional: true },
];

/**
 * Writes the secrets that `folder` lacks, each in a file that only its owner reads. Existing files are never touched.
 * @returns the names of the files written now.
 */
export function createSecrets(folder: string): string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const missing = secretFiles.filter(({ file }) => !existsSync(join(folder, file)));
  for (const { file, generate } of missing) {
    writeFileSync(join(folder, file), generate(), { mode: 0o600, flag: "wx" });
  }
  return missing.map(({ file }) => file);
}

/** Reads the secrets from their keys or else from their files in `folder`; what is wrong goes to `problems`. */
export function readSecrets(values: Values, folder: string, problems: ConfigProblem[]): Secrets | undefined {
  const found = new Map<SecretKey, string>();
  for (const { key, file, isOptional } of secretFiles) {
    const path = join(folder, file);
    const text = values[key] ?? (existsSync(path) ? readFileSync(path, "utf8") : undefined);
    if (text !== undefined) {
      found.set(key, text.trim());
      continue;
    }
    if (isOptional) continue;
    problems.push({
      key,
      "zh-CN": `缺少密钥：请设置 ${key}、${key}_FILE，或运行 node server/src/commands/create-secrets.ts ${folder}`,
      en: `missing: set ${key} or ${key}_FILE, or run node server/src/commands/create-secrets.ts ${folder}`,
    });
  }
  if (secretFiles.some(({ key, isOptional }) => !isOptional && !found.has(key))) return undefined;

  const before = problems.length;
  const bytes = (key: SecretKey) => key32(key, found.get(key)!, problems);
  const secrets: Secrets = {
    masterKeys: masterKeys(found.get("HY_MASTER_KEY")!, problems),
    blindIndexKey: bytes("HY_BLIND_INDEX_KEY"),
    machineCodeKey: bytes("HY_MACHINE_CODE_KEY"),
    signInPepper: bytes("HY_SIGN_IN_PEPPER"),
    platformKeyPems: [found.get("HY_PLATFORM_KEY_1")!, found.get("HY_PLATFORM_KEY_2")!],
    pushKey: found.has("HY_PUSH_KEY") ? privateKey32(found.get("HY_PUSH_KEY")!, problems) : undefined,
  };
  return problems.length === before ? secrets : undefined;
}

function masterKeys(text: string, problems: ConfigProblem[]): Secrets["masterKeys"] {
  return text.split(/[,\s]+/).map((entry) => {
    const [id = "", encoded = ""] = entry.split(":");
    const number = Number(id);
    if (!Number.isInteger(number) || number < 1 || number > 255) {
      problems.push({
        key: "HY_MASTER_KEY",
        "zh-CN": "格式应为 编号:base64，编号为 1 至 255",
        en: "write id:base64 with an id from 1 to 255",
      });
    }
    return { id: number, bytes: key32("HY_MASTER_KEY", encoded, problems) };
  });
}

function key32(key: SecretKey, encoded: string, problems: ConfigProblem[]): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(encoded, "base64"));
  if (bytes.length !== 32) {
    problems.push({
      key,
      "zh-CN": `应为 32 字节的 base64，现为 ${bytes.length} 字节；可用 openssl rand -base64 32 生成`,
      en: `must be base64 of 32 bytes, is ${bytes.length}; make one with openssl rand -base64 32`,
    });
  }
  return bytes;
}

/** A private key of P-256 as push libraries write it: base64url of its 32 bytes. */
function privateKey32(encoded: string, problems: ConfigProblem[]): Uint8Array | undefined {
  const bytes = new Uint8Array(Buffer.from(encoded, "base64url"));
  try {
    if (bytes.length !== 32) throw new Error("not 32 bytes");
    createECDH("prime256v1").setPrivateKey(bytes);
    return bytes;
  } catch {
    problems.push({
      key: "HY_PUSH_KEY",
      "zh-CN": "应为 P-256 私钥（32 字节的 base64url）；可用 node server/src/commands/create-secrets.ts 生成",
      en: "must be a P-256 private key (base64url of 32 bytes); make one with node server/src/commands/create-secrets.ts",
    });
    return undefined;
  }
}

function pushKey(): string {
  const ecdh = createECDH("prime256v1");
  ecdh.generateKeys();
  // Without leading zeros the key is shorter than 32 bytes now and then.
  return `${Buffer.from(ecdh.getPrivateKey("hex").padStart(64, "0"), "hex").toString("base64url")}\n`;
}

function base64Key(): string {
  return `${randomBytes(32).toString("base64")}\n`;
}

function signingKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
