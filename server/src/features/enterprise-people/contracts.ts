import type { EnterpriseContract } from "@hanyouxu/api";
import type { EnterpriseId, PersonId } from "@hanyouxu/protocol";
import { shanghaiDay } from "@hanyouxu/rules";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { lockEnterprise, selectEnterprises } from "../enterprises/enterprises.ts";
import { type ContractRow, hasContract, selectContracts } from "./queries.ts";

export function contractOf(row: ContractRow, nowMs: number): EnterpriseContract {
  const today = shanghaiDay(nowMs);
  return {
    contractId: row.contract_id,
    clientId: row.client_enterprise_id,
    clientName: row.client_name,
    contractorId: row.contractor_enterprise_id,
    contractorName: row.contractor_name,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    allowsMachines: row.allows_machines,
    isInForce: row.ended_at === null && row.starts_on <= today && today <= row.ends_on,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}

export interface NewContract {
  contractorId: string;
  startsOn: string;
  endsOn: string;
  allowsMachines: boolean;
}

/**
 * A client engages a contractor for a period.
 * @throws AppError enterprise.contractor_unfit | enterprise.contract_overlaps
 */
export async function addContract(
  ctx: Pick<AppContext, "db" | "clock" | "newId" | "audit">,
  client: EnterpriseId,
  contract: NewContract,
  actor: PersonId,
): Promise<EnterpriseContract> {
  const nowMs = ctx.clock.nowMs();
  const contractId = ctx.newId();
  const row = await ctx.db.transaction().execute(async (tx) => {
    await lockEnterprise(tx, client);
    const [contractor] = await selectEnterprises(tx, {
      enterpriseId: contract.contractorId,
      status: "active",
      role: "welding",
    });
    if (!contractor || contractor.enterprise_id === client) throw new AppError("enterprise.contractor_unfit");
    const values = {
      contract_id: contractId,
      client_enterprise_id: client,
      contractor_enterprise_id: contractor.enterprise_id,
      starts_on: contract.startsOn,
      ends_on: contract.endsOn,
      allows_machines: contract.allowsMachines,
      created_by: actor,
      created_at: new Date(nowMs),
    };
    if (await hasContract(tx, values)) throw new AppError("enterprise.contract_overlaps");
    await tx.insertInto("enterprise_contracts").values(values).execute();
    await ctx.audit.record(tx, {
      actor,
      action: "enterprise.contract_added",
      subject: `enterprise:${client}`,
      details: { contractId, ...contract },
    });
    const [added] = await selectContracts(tx, { enterpriseId: client, contractId });
    return added!;
  });
  return contractOf(row, nowMs);
}

/** Ends a contract before its time, by either side. @throws AppError enterprise.contract_not_found */
export async function endContract(
  ctx: Pick<AppContext, "db" | "clock" | "audit">,
  enterpriseId: EnterpriseId,
  contractId: string,
  actor: PersonId,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const result = await tx
      .updateTable("enterprise_contracts")
      .set({ ended_at: new Date(ctx.clock.nowMs()) })
      .where("contract_id", "=", contractId)
      .where("ended_at", "is", null)
      .where((where) =>
        where.or([
          where("client_enterprise_id", "=", enterpriseId),
          where("contractor_enterprise_id", "=", enterpriseId),
        ]),
      )
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) throw new AppError("enterprise.contract_not_found");
    await ctx.audit.record(tx, {
      actor,
      action: "enterprise.contract_ended",
      subject: `enterprise:${enterpriseId}`,
      details: { contractId },
    });
  });
}
