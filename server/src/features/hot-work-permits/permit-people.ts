import type { hotWorkPermitRoutes, RouteAnswer } from "@hanyouxu/api";
import type { EnterpriseId, WelderId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { maskName, maskPhone } from "../../crypto/mask.ts";
import { selectMemberships, selectOfficers } from "../enterprise-people/enterprise-people.ts";
import { fireWatchOf, selectFireWatches } from "../fire-watches/fire-watches.ts";

type PermitPeople = RouteAnswer<typeof hotWorkPermitRoutes.listPermitPeople>;

/** Whom a welder may name: officers of the site owner and of his own firm, and the fire watches of whose place it is. */
export async function permitPeople(
  ctx: Pick<AppContext, "db" | "personalData" | "clock">,
  welderId: WelderId,
  asked: { siteOwnerEnterpriseId?: string | undefined; contractorEnterpriseId?: string | undefined },
): Promise<PermitPeople> {
  const firms = await firmsOf(ctx.db, welderId, asked);
  const officers = (await Promise.all(firms.map((id) => selectOfficers(ctx.db, id)))).flat();
  const { open } = ctx.personalData;
  const byPerson = new Map(officers.map((officer) => [officer.person_id, officer]));
  const watches = firms[0] === undefined ? [] : await selectFireWatches(ctx.db, firms[0]);
  return {
    supervisors: [...byPerson.values()].map((officer) => ({
      personId: officer.person_id,
      name: maskName(open("name", officer.name_ciphertext)),
      phone: officer.phone_ciphertext && maskPhone(open("phone", officer.phone_ciphertext)),
    })),
    fireWatches: watches.map((row) => {
      const { personId, name, phone, trainedTo, isTrained } = fireWatchOf(ctx, row);
      return { personId, name, phone, trainedTo, isTrained };
    }),
  };
}

/** The site owner first, then the welder's own firm; a name that is neither gives nobody. */
async function firmsOf(
  db: AppContext["db"],
  welderId: WelderId,
  { siteOwnerEnterpriseId: owner, contractorEnterpriseId: contractor }: Parameters<typeof permitPeople>[2],
): Promise<EnterpriseId[]> {
  const found: EnterpriseId[] = [];
  if (owner !== undefined) {
    const row = await db
      .selectFrom("enterprises")
      .select("enterprise_id")
      .where("enterprise_id", "=", owner as EnterpriseId)
      .where("is_site_owner", "=", true)
      .where("status", "=", "active")
      .executeTakeFirst();
    if (row) found.push(row.enterprise_id);
  }
  const own = (await selectMemberships(db, welderId)).find((firm) => firm.enterprise_id === contractor);
  if (own) found.push(own.enterprise_id);
  return found;
}
