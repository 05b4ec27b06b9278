import type { EnterpriseId, PersonId } from "@hanyouxu/protocol";
import { pickWeighted, type Random } from "../random.ts";
import { demoPhone, demoUscc, demoUuid } from "./demo-ids.ts";
import { placeWithin } from "./place.ts";
import type { DemoEnterprise, Township } from "./types.ts";

/** 49,000 of the province's enterprises to 153,000 machines, for the county's 3,981. */
export const enterpriseCount = 1275;

/** Phones of officers stand behind those of welders. */
const firstOfficerPhone = 8000;

/** Divisions of GB/T 4754 with what their firms are called. */
const industries = [
  { code: "C33", domain: "industry", short: "五金厂", weight: 30 },
  { code: "C33", domain: "industry", short: "门业厂", weight: 16 },
  { code: "C34", domain: "industry", short: "电动工具厂", weight: 14 },
  { code: "C36", domain: "industry", short: "汽配厂", weight: 10 },
  { code: "C24", domain: "industry", short: "休闲用品厂", weight: 9 },
  { code: "E49", domain: "construction", short: "钢构队", weight: 8 },
  { code: "C43", domain: "repair", short: "维修部", weight: 8 },
  { code: "E47", domain: "construction", short: "工程队", weight: 5 },
] as const;

export function generateEnterprises(random: Random, townships: readonly Township[]): DemoEnterprise[] {
  return Array.from({ length: enterpriseCount }, (_, index) => {
    const number = String(index + 1).padStart(4, "0");
    // The first two belong to the cast: a hardware factory in town, and a stranger next door.
    const township = index < 2 ? townships[1]! : pickWeighted(random, townships);
    const industry = index < 2 ? industries[0]! : pickWeighted(random, industries);
    return {
      enterpriseId: demoUuid(random, index) as EnterpriseId,
      name: `演示${industry.short}${number}`,
      uscc: demoUscc(index + 1),
      industry: industry.code,
      domain: industry.domain,
      townshipCode: township.code,
      ...placeWithin(random, township, township.radiusMetres - 400),
      officer: {
        personId: demoUuid(random, index) as PersonId,
        name: `演示安全员${number}`,
        phone: demoPhone(firstOfficerPhone + index),
      },
    };
  });
}
