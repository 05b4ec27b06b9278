import type { EnterpriseId, PersonId } from "@hanyouxu/protocol";
import { pickWeighted, type Random } from "../random.ts";
import { demoPhone, demoUscc, demoUuid } from "./demo-ids.ts";
import { placeWithin } from "./place.ts";
import type { DemoEnterprise, Township } from "./types.ts";

/** 49,000 of the province's enterprises to 153,000 machines, for the county's 3,981. */
export const enterpriseCount = 1275;

/** Phones of officers stand behind those of welders. */
const firstOfficerPhone = 8000;

const industries = [
  { name: "五金制品", short: "五金厂", weight: 30 },
  { name: "门业制造", short: "门业厂", weight: 16 },
  { name: "电动工具", short: "电动工具厂", weight: 14 },
  { name: "汽摩配件", short: "汽配厂", weight: 10 },
  { name: "休闲用品", short: "休闲用品厂", weight: 9 },
  { name: "钢结构安装", short: "钢构队", weight: 8 },
  { name: "机械维修", short: "维修部", weight: 8 },
  { name: "建筑施工", short: "工程队", weight: 5 },
];

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
      industry: industry.name,
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
