import type { EnterpriseId, PersonId } from "@hanyouxu/protocol";
import { numberBetween, pick, pickWeighted, type Random } from "../random.ts";
import { demoPhone, demoUscc, demoUuid } from "./demo-ids.ts";
import { shiftPlace } from "./place.ts";
import type { DemoMachine, DemoSiteOwner } from "./types.ts";

/** More than a hundred key areas in the county: hospitals, malls, key firms. */
export const siteOwnerCount = 120;

/** Their phones and codes stand behind those of the enterprises. */
const firstPhone = 9400;
const firstCode = 2001;

const kinds = [
  { short: "医院", industry: "Q84", domain: "health", type: "public-institution", weight: 20 },
  { short: "商场", industry: "F52", domain: "commerce", type: "limited-company", weight: 25 },
  { short: "学校", industry: "P83", domain: "education", type: "public-institution", weight: 20 },
  { short: "酒店", industry: "H61", domain: "commerce", type: "limited-company", weight: 15 },
  { short: "化工厂", industry: "C26", domain: "chemical", type: "limited-company", weight: 8 },
  { short: "工地项目部", industry: "E47", domain: "construction", type: "limited-company", weight: 22 },
] as const;

/** @param cast the machine of the tour: the first site owner stands a short walk from its home */
export function generateSiteOwners(
  random: Random,
  machines: readonly DemoMachine[],
  cast: DemoMachine,
): DemoSiteOwner[] {
  const mobile = machines.filter(({ isMobile }) => isMobile);
  return Array.from({ length: siteOwnerCount }, (_, index) => {
    const near = index === 0 ? cast : pick(random, mobile);
    const kind = index === 0 ? kinds[0] : pickWeighted(random, kinds);
    const metres = index === 0 ? 150 : numberBetween(random, 200, 1200);
    const bearing = numberBetween(random, 0, 2 * Math.PI);
    const number = String(index + 1).padStart(3, "0");
    return {
      enterpriseId: demoUuid(random, index) as EnterpriseId,
      name: `演示${kind.short}${number}`,
      uscc: demoUscc(firstCode + index),
      industry: kind.industry,
      domain: kind.domain,
      type: kind.type,
      townshipCode: near.townshipCode,
      ...shiftPlace(near.home, metres * Math.sin(bearing), metres * Math.cos(bearing)),
      officer: {
        personId: demoUuid(random, index) as PersonId,
        name: `演示用焊安全员${number}`,
        phone: demoPhone(firstPhone + index),
      },
    };
  });
}
