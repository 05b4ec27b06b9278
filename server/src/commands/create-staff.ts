/**
 * `node server/src/commands/create-staff.ts --username NAME --name 姓名 --role operator [--region CODE]`: creates a staff
 * account; the first operator is made this way. The password is read from standard input, never from the arguments.
 * With the embedded database stop the server first.
 */
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { regionCode, role } from "@hanyouxu/api";
import type { RegionCode } from "@hanyouxu/protocol";
import { z } from "zod";
import { ConfigError } from "../config/config-error.ts";
import { loadConfig } from "../config/load-config.ts";
import { FolderLocked } from "../db/folder-lock.ts";
import { isForeignKeyViolation, isUniqueViolation } from "../db/sql-errors.ts";
import { createStaff } from "../features/sign-in/sign-in.ts";
import { createLogger } from "../log.ts";
import { openStore } from "../open-store.ts";

const usage =
  "用法 / usage: node server/src/commands/create-staff.ts --username NAME --name 姓名 --role operator [--region 330723]\n" +
  "密码从标准输入读取，至少 12 个字符 / the password is read from standard input, at least 12 characters\n";

const input = z.object({
  username: z.string().regex(/^[\p{L}\p{N}._@-]{1,64}$/u),
  name: z.string().trim().min(1).max(64),
  role,
  region: regionCode.optional(),
});

/** What was typed cannot be used. */
class UsageError extends Error {}

try {
  const { values } = parseArgs({
    options: {
      username: { type: "string" },
      name: { type: "string" },
      role: { type: "string" },
      region: { type: "string" },
    },
  });
  const staff = input.parse(values);
  const password = await readPassword();
  if ([...password].length < 12) throw new UsageError("密码太短 / the password is too short");
  await create(staff, password);
} catch (error) {
  const text = explain(error);
  if (text === undefined) throw error;
  process.stderr.write(`${text}\n`);
  process.exitCode = 2;
}

async function create(staff: z.infer<typeof input>, password: string): Promise<void> {
  const { store, close } = await openStore(loadConfig(process.env), createLogger("error"));
  try {
    const region = (staff.region ?? null) as RegionCode | null;
    const created = await createStaff(store, { ...staff, password, region, enterpriseId: null }, "system");
    process.stdout.write(
      `已创建 / created: ${staff.username} (${staff.role})\n` +
        "请用身份验证器扫描或录入下面的地址，仅显示这一次 / give this to an authenticator app, it is shown only once:\n" +
        `${created.totpUri}\n`,
    );
  } finally {
    await close();
  }
}

async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("密码 / password: ");
  const lines = createInterface({ input: process.stdin, terminal: false });
  for await (const line of lines) return line;
  return "";
}

function explain(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof FolderLocked) return error.message;
  if (error instanceof z.ZodError) return `${usage}${z.prettifyError(error)}`;
  if (error instanceof UsageError) return `${usage}${error.message}`;
  if (error instanceof TypeError && "code" in error) return `${usage}${error.message}`;
  if (isUniqueViolation(error, "staff_accounts_username_key"))
    return "用户名已存在 / this user name is taken";
  if (isForeignKeyViolation(error)) return "没有这个行政区划 / there is no such region";
  return undefined;
}
