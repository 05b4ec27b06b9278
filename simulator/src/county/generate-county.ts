import type { RegionCode } from "@hanyouxu/protocol";
import { createRandom } from "../random.ts";
import { demoAccountsOf } from "./demo-accounts.ts";
import { generateEnterprises } from "./enterprises.ts";
import { generateFireWatches } from "./fire-watches.ts";
import { generateKeyAreas } from "./key-areas.ts";
import { generateMachines } from "./machines.ts";
import { generateSiteOwners } from "./site-owners.ts";
import townshipData from "./townships.json" with { type: "json" };
import type { County, Township } from "./types.ts";
import { generateWelders } from "./welders.ts";

/**
 * The county of Wuyi in the seed's proportions, the same for the same seed and day. Townships are real, everything
 * in them is made up and called 演示.
 * @param onDay the Shanghai day, `YYYY-MM-DD`, on which certificates are valid, expired or overdue
 */
export function generateCounty(seed: number, onDay: string): County {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(onDay) || Number.isNaN(Date.parse(onDay))) {
    throw new RangeError(`onDay must be YYYY-MM-DD, not ${onDay}`);
  }
  const code = townshipData.county.code as RegionCode;
  const townships: Township[] = townshipData.townships.map((township) => ({
    ...township,
    code: township.code as RegionCode,
  }));
  const enterprises = generateEnterprises(createRandom(`${seed}/enterprises`), townships);
  const { machines, cast: machineCast } = generateMachines(createRandom(`${seed}/machines`), enterprises);
  const siteOwners = generateSiteOwners(
    createRandom(`${seed}/site-owners`),
    machines,
    machines.find(({ machineId }) => machineId === machineCast.mobile)!,
  );
  const fireWatches = generateFireWatches(createRandom(`${seed}/fire-watches`), siteOwners, onDay);
  const { welders, cast: welderCast } = generateWelders(
    createRandom(`${seed}/welders`),
    enterprises,
    machines,
    onDay,
  );
  return {
    seed,
    onDay,
    code,
    name: townshipData.county.name,
    townships,
    enterprises,
    siteOwners,
    fireWatches,
    keyAreas: generateKeyAreas(createRandom(`${seed}/key-areas`), siteOwners, townships, machines),
    welders,
    machines,
    demoAccounts: demoAccountsOf(
      createRandom(`${seed}/accounts`),
      code,
      enterprises,
      siteOwners[0]!,
      fireWatches[0]!,
      welders,
      welderCast,
    ),
    cast: { welders: welderCast, machines: machineCast },
  };
}
