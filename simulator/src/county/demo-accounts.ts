import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { Random } from "../random.ts";
import { demoUuid } from "./demo-ids.ts";
import type { Cast, DemoAccount, DemoEnterprise, DemoFireWatch, DemoWelder, WelderProfile } from "./types.ts";

const welderNotes: Record<WelderProfile, DemoAccount["note"]> = {
  certified: { zh: "持证焊工：扫码即可开机", en: "certified welder: scans and the machine starts" },
  uncertified: { zh: "无证人员：开不了机", en: "no certificate: refused" },
  expired: { zh: "证书过期", en: "certificate expired: refused" },
  "review-overdue": { zh: "复审逾期", en: "periodic review overdue: refused" },
  "wrong-process": { zh: "只有钎焊证", en: "certified for brazing only: refused at arc welders" },
  revoked: { zh: "证书被吊销", en: "certificate revoked: refused" },
};

export function demoAccountsOf(
  random: Random,
  countyCode: RegionCode,
  enterprises: readonly DemoEnterprise[],
  siteOwner: DemoEnterprise,
  fireWatch: DemoFireWatch,
  welders: readonly DemoWelder[],
  cast: Cast["welders"],
): DemoAccount[] {
  const parts = (Object.keys(welderNotes) as WelderProfile[]).map((profile): DemoAccount => {
    const welder = welders.find(({ welderId }) => welderId === cast[profile])!;
    return {
      personId: welder.personId,
      role: "welder",
      name: welder.name,
      phone: welder.phone,
      username: null,
      region: null,
      enterpriseId: null,
      note: welderNotes[profile],
    };
  });
  const [factory] = enterprises;
  const staff = (
    role: DemoAccount["role"],
    username: string,
    name: string,
    region: RegionCode | null,
    note: DemoAccount["note"],
    index: number,
  ): DemoAccount => ({
    personId: demoUuid(random, index) as PersonId,
    role,
    name,
    phone: null,
    username,
    region,
    enterpriseId: null,
    note,
  });
  return [
    ...parts,
    {
      personId: factory!.officer.personId,
      role: "enterprise-officer",
      name: factory!.officer.name,
      phone: factory!.officer.phone,
      username: null,
      region: null,
      enterpriseId: factory!.enterpriseId,
      note: { zh: "涉焊单位安全管理员", en: "safety officer of an enterprise" },
    },
    {
      personId: siteOwner.officer.personId,
      role: "enterprise-officer",
      name: siteOwner.officer.name,
      phone: siteOwner.officer.phone,
      username: null,
      region: null,
      enterpriseId: siteOwner.enterpriseId,
      note: {
        zh: "用焊单位安全管理员：确认在本单位的作业",
        en: "safety officer of a site owner: confirms work at its place",
      },
    },
    {
      personId: fireWatch.personId,
      role: "fire-watch",
      name: fireWatch.name,
      phone: fireWatch.phone,
      username: null,
      region: null,
      enterpriseId: fireWatch.enterpriseId,
      note: { zh: "监护人：看护本单位的动火作业", en: "fire watch of the same site owner" },
    },
    staff(
      "regulator",
      "demo-regulator",
      "演示监管员",
      countyCode,
      { zh: "县级监管", en: "county regulator" },
      1,
    ),
    staff(
      "station-staff",
      "demo-station",
      "演示消防站员",
      factory!.townshipCode,
      { zh: "基层应急消防站", en: "local fire station" },
      2,
    ),
    staff(
      "installer",
      "demo-installer",
      "演示安装员",
      countyCode,
      { zh: "加芯赋码", en: "fits chips and codes" },
      3,
    ),
    staff(
      "operator",
      "demo-operator",
      "演示运维员",
      countyCode,
      { zh: "平台运维", en: "operator of the platform" },
      4,
    ),
  ];
}
