import type { SiteChoice } from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import { type StartPolicy, worksAwayFromHome } from "@hanyouxu/rules";
import type { SiteOwnerState } from "../../db/tables.ts";
import type { GatheredStart } from "../decisions/decisions.ts";

/** Who is answerable for the work besides the machine's owner. */
export interface SessionChain {
  contractor_enterprise_id: EnterpriseId | null;
  site_owner_enterprise_id: EnterpriseId | null;
  site_owner_state: SiteOwnerState;
}

/**
 * The firm the welder works for and the firm at whose place it is, from what he said and what is known. What he said
 * and does not hold is taken as not said: it never keeps anybody from working. Pure.
 */
export function sessionChain(
  gathered: Pick<GatheredStart, "facts" | "enterpriseId" | "welderFirms" | "namedSiteOwner">,
  choice: { site: SiteChoice | null; contractorEnterpriseId: string | null },
  policy: Pick<StartPolicy, "siteAwayMetres">,
): SessionChain {
  const { enterpriseId: owner, welderFirms, namedSiteOwner } = gathered;
  const contractor =
    welderFirms.find((firm) => firm === choice.contractorEnterpriseId) ??
    (welderFirms.length === 1 ? welderFirms[0]! : null) ??
    // Who has several firms and says nothing works at a machine of one of them for that one.
    welderFirms.find((firm) => firm === owner) ??
    null;
  const named = choice.site?.kind === "named" ? namedSiteOwner : null;
  const isOwn = choice.site?.kind === "own" || named === owner || (named !== null && named === contractor);
  if (isOwn) return chain(contractor, named ?? contractor ?? owner, "own");
  if (named) return chain(contractor, named, "named");
  const isSilent = choice.site === null && !worksAwayFromHome(gathered.facts, policy);
  return isSilent ? chain(contractor, owner, "own") : chain(contractor, null, "unknown");
}

function chain(
  contractor: EnterpriseId | null,
  siteOwner: EnterpriseId | null,
  state: SiteOwnerState,
): SessionChain {
  return {
    contractor_enterprise_id: contractor,
    site_owner_enterprise_id: siteOwner,
    site_owner_state: state,
  };
}
