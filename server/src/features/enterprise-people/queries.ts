import type { EnterpriseId, PersonId, WelderId } from "@hanyouxu/protocol";
import { type Insertable, type Kysely, sql } from "kysely";
import type { EnterpriseContractsTable } from "../../db/tables/enterprises.ts";
import type { Tables } from "../../db/tables.ts";

type Db = Kysely<Tables>;

export async function selectOfficers(db: Db, enterpriseId: EnterpriseId) {
  return await db
    .selectFrom("role_grants as g")
    .innerJoin("persons as p", "p.person_id", "g.person_id")
    .select(["g.person_id", "g.granted_at", "p.name_ciphertext", "p.phone_ciphertext"])
    .where("g.role", "=", "enterprise-officer")
    .where("g.enterprise_id", "=", enterpriseId)
    .orderBy("g.granted_at")
    .orderBy("g.person_id")
    .execute();
}

export type OfficerRow = Awaited<ReturnType<typeof selectOfficers>>[number];

/** False when this person was no officer of it. */
export async function deleteOfficer(tx: Db, enterpriseId: EnterpriseId, personId: string): Promise<boolean> {
  const result = await tx
    .deleteFrom("role_grants")
    .where("role", "=", "enterprise-officer")
    .where("enterprise_id", "=", enterpriseId)
    .where("person_id", "=", personId as PersonId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function findPersonByPhone(db: Db, phoneIndex: Uint8Array) {
  return await db
    .selectFrom("persons as p")
    .leftJoin("welders as w", "w.person_id", "p.person_id")
    .select(["p.person_id", "w.welder_id"])
    .where("p.phone_index", "=", phoneIndex)
    .executeTakeFirst();
}

/**
 * Members, invited welders and those of contractors whose contract is in force; a welder who is several of these
 * appears once, as the nearest.
 */
export async function selectPeople(
  db: Db,
  enterpriseId: EnterpriseId,
  {
    today,
    relation,
    limit,
    offset,
  }: { today: string; relation: string | undefined; limit: number; offset: number },
) {
  const { rows } = await sql<{
    welder_id: WelderId;
    relation: "member" | "invited" | "contractor";
    through_name: string | null;
    name_ciphertext: Uint8Array;
    status: "active" | "suspended";
    certificate_count: number;
    is_listed: boolean;
    total: number;
  }>`
    with people as (
      select distinct on (welder_id) welder_id, relation, through_name, rank
      from (
        select m.welder_id, 'member' as relation, null as through_name, 1 as rank
        from enterprise_welders m where m.enterprise_id = ${enterpriseId}
        union all
        select i.welder_id, 'invited', null, 2
        from welder_invitations i where i.enterprise_id = ${enterpriseId} and i.answered_at is null
        union all
        select m.welder_id, 'contractor', f.name, 3
        from enterprise_contracts g
        join enterprises f on f.enterprise_id = g.contractor_enterprise_id
        join enterprise_welders m on m.enterprise_id = g.contractor_enterprise_id
        where g.client_enterprise_id = ${enterpriseId} and g.ended_at is null
          and ${today} between g.starts_on and g.ends_on
      ) as found
      order by welder_id, rank, through_name)
    select p.welder_id, p.relation, p.through_name, n.name_ciphertext, w.status,
           (select count(*) from certificates c where c.welder_id = w.welder_id) as certificate_count,
           exists (select from enterprise_whitelists l
                   where l.enterprise_id = ${enterpriseId} and l.welder_id = w.welder_id) as is_listed,
           count(*) over () as total
    from people p
    join welders w using (welder_id)
    join persons n on n.person_id = w.person_id
    where ${relation ?? null}::text is null or p.relation = ${relation ?? null}
    order by p.rank, p.welder_id
    limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

/** True when the welder may be put on the list: he or his firm works for the enterprise. */
export async function worksFor(
  db: Db,
  enterpriseId: EnterpriseId,
  welderId: string,
  today: string,
): Promise<boolean> {
  const { rows } = await sql`
    select from enterprise_welders m
    where m.welder_id = ${welderId}::uuid
      and (m.enterprise_id = ${enterpriseId}
           or m.enterprise_id in (
             select g.contractor_enterprise_id from enterprise_contracts g
             where g.client_enterprise_id = ${enterpriseId} and g.ended_at is null
               and ${today} between g.starts_on and g.ends_on))`.execute(db);
  return rows.length > 0;
}

/** Takes a welder off an enterprise: membership, open invitation and listing; false when there was none. */
export async function removeWelder(tx: Db, enterpriseId: EnterpriseId, welderId: string): Promise<boolean> {
  const remove = async (table: "enterprise_welders" | "enterprise_whitelists") => {
    const result = await tx
      .deleteFrom(table)
      .where("enterprise_id", "=", enterpriseId)
      .where("welder_id", "=", welderId as WelderId)
      .executeTakeFirst();
    return result.numDeletedRows > 0n;
  };
  const wasMember = await remove("enterprise_welders");
  await remove("enterprise_whitelists");
  const withdrawn = await tx
    .deleteFrom("welder_invitations")
    .where("enterprise_id", "=", enterpriseId)
    .where("welder_id", "=", welderId as WelderId)
    .where("answered_at", "is", null)
    .executeTakeFirst();
  return wasMember || withdrawn.numDeletedRows > 0n;
}

export async function selectMemberships(db: Db, welderId: WelderId) {
  return await db
    .selectFrom("enterprise_welders as m")
    .innerJoin("enterprises as e", "e.enterprise_id", "m.enterprise_id")
    .select(["e.enterprise_id", "e.name"])
    .where("m.welder_id", "=", welderId)
    .orderBy("e.name")
    .execute();
}

export async function selectInvitations(db: Db, welderId: WelderId) {
  return await db
    .selectFrom("welder_invitations as i")
    .innerJoin("enterprises as e", "e.enterprise_id", "i.enterprise_id")
    .select(["i.invitation_id", "e.enterprise_id", "e.name"])
    .where("i.welder_id", "=", welderId)
    .where("i.answered_at", "is", null)
    .where("e.status", "=", "active")
    .orderBy("i.invited_at")
    .execute();
}

/** Answers an open invitation of this welder; undefined when there is none. */
export async function closeInvitation(
  tx: Db,
  invitationId: string,
  welderId: WelderId,
  isAccepted: boolean,
  now: Date,
) {
  return await tx
    .updateTable("welder_invitations")
    .set({ answered_at: now, is_accepted: isAccepted })
    .where("invitation_id", "=", invitationId)
    .where("welder_id", "=", welderId)
    .where("answered_at", "is", null)
    .returning(["enterprise_id", "invited_by"])
    .executeTakeFirst();
}

export async function selectContracts(
  db: Db,
  { enterpriseId, contractId }: { enterpriseId: EnterpriseId; contractId?: string },
) {
  return await db
    .selectFrom("enterprise_contracts as g")
    .innerJoin("enterprises as a", "a.enterprise_id", "g.client_enterprise_id")
    .innerJoin("enterprises as b", "b.enterprise_id", "g.contractor_enterprise_id")
    .selectAll("g")
    .select(["a.name as client_name", "b.name as contractor_name"])
    .where((where) =>
      where.or([
        where("g.client_enterprise_id", "=", enterpriseId),
        where("g.contractor_enterprise_id", "=", enterpriseId),
      ]),
    )
    .$if(contractId !== undefined, (query) => query.where("g.contract_id", "=", contractId!))
    .orderBy("g.starts_on", "desc")
    .orderBy("g.contract_id")
    .execute();
}

export type ContractRow = Awaited<ReturnType<typeof selectContracts>>[number];

/** Whether the two have a contract that has not been ended for any of these days. */
export async function hasContract(
  tx: Db,
  {
    client_enterprise_id,
    contractor_enterprise_id,
    starts_on,
    ends_on,
  }: Insertable<EnterpriseContractsTable>,
): Promise<boolean> {
  const row = await tx
    .selectFrom("enterprise_contracts")
    .select("contract_id")
    .where("client_enterprise_id", "=", client_enterprise_id)
    .where("contractor_enterprise_id", "=", contractor_enterprise_id)
    .where("ended_at", "is", null)
    .where("starts_on", "<=", ends_on)
    .where("ends_on", ">=", starts_on)
    .executeTakeFirst();
  return row !== undefined;
}
