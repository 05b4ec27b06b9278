import { type DemoAccount, demoRoutes } from "@hanyouxu/api";
import {
  type EnterpriseId,
  type MachineId,
  machineCodeUrl,
  type PersonId,
  type RegionCode,
} from "@hanyouxu/protocol";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { handle } from "../../http/contract-route.ts";
import { createStaff, currentTotp } from "../sign-in/sign-in.ts";
import { insertDemoAccount, insertDemoLabel, selectDemoAccounts, selectDemoLabels } from "./queries.ts";

export interface NewDemoAccount {
  personId: PersonId;
  role: DemoAccount["role"];
  name: string;
  phone: string | null;
  username: string | null;
  region: RegionCode | null;
  enterpriseId: EnterpriseId | null;
  note: { zh: string; en: string };
}

type AddContext = Pick<AppContext, "db" | "clock" | "random" | "newId" | "personalData" | "audit">;

/**
 * Demo only: puts accounts on show, all or nothing. Staff get an account with a password of this installation's own;
 * people with a phone are registered already.
 */
export async function addDemoAccounts(
  ctx: AddContext,
  accounts: readonly NewDemoAccount[],
  labels: readonly { machineId: MachineId; note: { zh: string; en: string } }[],
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    for (const [place, account] of accounts.entries()) await addAccount({ ...ctx, db: tx }, account, place);
    for (const [place, { machineId, note }] of labels.entries()) {
      await insertDemoLabel(tx, { machine_id: machineId, place, note: JSON.stringify(note) });
    }
  });
}

async function addAccount(ctx: AddContext, account: NewDemoAccount, place: number): Promise<void> {
  const { username, name, role, region, enterpriseId, note, phone } = account;
  const password = username === null ? null : Buffer.from(ctx.random(12)).toString("base64url");
  const personId =
    username === null || password === null
      ? account.personId
      : (await createStaff(ctx, { username, password, name, role, region, enterpriseId }, "system")).personId;
  await insertDemoAccount(ctx.db, {
    person_id: personId,
    place,
    note: JSON.stringify(note),
    phone,
    username,
    password_ciphertext: password === null ? null : ctx.personalData.seal("demo-password", password),
  });
}

/** Open to everyone: the configuration lets a demo stand only where nobody real signs in. */
export function registerDemoAccounts(server: FastifyInstance, ctx: AppContext): void {
  if (!ctx.config.demo) return;
  handle(server, demoRoutes.demoAccounts, async (request) => {
    const accounts = await selectDemoAccounts(ctx.db);
    const labels = await selectDemoLabels(ctx.db);
    const publicUrl = ctx.config.http.publicUrl ?? `${request.protocol}://${request.host}`;
    return {
      accounts: accounts.map((row) => ({
        name: ctx.personalData.open("name", row.name_ciphertext),
        role: row.role as DemoAccount["role"],
        note: row.note,
        phone: row.phone,
        username: row.username,
        password: row.password_ciphertext && ctx.personalData.open("demo-password", row.password_ciphertext),
        totp:
          row.totp_ciphertext &&
          currentTotp(ctx.personalData.open("totp-secret", row.totp_ciphertext), ctx.clock.nowMs()),
      })),
      labels: labels.map((row) => ({
        machineCode: row.machine_code,
        url: machineCodeUrl(publicUrl, row.machine_code),
        name: row.name,
        note: row.note,
      })),
    };
  });
}

/** Whether the demonstration has been set up in this database. */
export async function hasDemoAccounts(ctx: Pick<AppContext, "db">): Promise<boolean> {
  return (await selectDemoAccounts(ctx.db)).length > 0;
}
