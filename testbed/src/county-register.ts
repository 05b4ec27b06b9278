import type { RegionCode } from "@hanyouxu/protocol";
import type { Register } from "@hanyouxu/server";
import type { County } from "@hanyouxu/simulator";

/** The parents of the county, so that every region has its line upwards. */
const PARENTS: readonly { code: string; parentCode: string | null; name: string }[] = [
  { code: "33", parentCode: null, name: "浙江省" },
  { code: "3307", parentCode: "33", name: "金华市" },
];

/** The simulated county as the register that the platform imports. */
export function registerOf(county: County): Register {
  const officers = [...county.enterprises, ...county.siteOwners].map(({ officer, enterpriseId }) => ({
    ...officer,
    roles: [{ role: "enterprise-officer" as const, region: null, enterpriseId }],
  }));
  const watches = county.fireWatches.map(({ personId, name, phone, enterpriseId }) => ({
    personId,
    name,
    phone,
    roles: [{ role: "fire-watch" as const, region: null, enterpriseId }],
  }));
  const welders = county.welders.map(({ personId, name, phone }) => ({
    personId,
    name,
    phone,
    roles: [{ role: "welder" as const, region: null, enterpriseId: null }],
  }));
  return {
    regions: [
      ...PARENTS.map((region) => ({
        code: region.code as RegionCode,
        parentCode: region.parentCode as RegionCode | null,
        name: region.name,
        latitudeDegrees: null,
        longitudeDegrees: null,
      })),
      {
        code: county.code,
        parentCode: "3307" as RegionCode,
        name: county.name,
        latitudeDegrees: null,
        longitudeDegrees: null,
      },
      ...county.townships.map(({ code, name, latitudeDegrees, longitudeDegrees }) => ({
        code,
        parentCode: county.code,
        name,
        latitudeDegrees,
        longitudeDegrees,
      })),
    ],
    persons: [...officers, ...watches, ...welders],
    enterprises: [
      ...county.enterprises.map((enterprise) => ({
        ...registeredOf(enterprise),
        roles: ["welding"] as const,
      })),
      ...county.siteOwners.map((owner) => ({
        ...registeredOf(owner),
        type: owner.type,
        roles: ["site-owner"] as const,
      })),
    ],
    welders: county.welders.map(({ townshipCode, ...welder }) => ({ ...welder, regionCode: townshipCode })),
    fireWatches: county.siteOwners.map(({ officer }, index) => {
      const { personId, enterpriseId, trainedOn, trainedTo } = county.fireWatches[index]!;
      return { personId, enterpriseId, trainedOn, trainedTo, addedBy: officer.personId };
    }),
    machines: county.machines.map(({ townshipCode, ...machine }) => ({
      ...machine,
      regionCode: townshipCode,
    })),
  };
}

function registeredOf(enterprise: County["enterprises"][number]) {
  const { enterpriseId, name, uscc, industry, domain, townshipCode } = enterprise;
  const { latitudeDegrees, longitudeDegrees } = enterprise;
  return {
    enterpriseId,
    name,
    uscc,
    industry,
    domain,
    regionCode: townshipCode,
    place: { latitudeDegrees, longitudeDegrees },
  };
}

const labelNotes: Record<keyof County["cast"]["machines"], { zh: string; en: string }> = {
  ordinary: { zh: "普通焊机：持证焊工可开机", en: "ordinary machine: a certified welder starts it" },
  second: { zh: "同单位另一台焊机", en: "another machine of the same enterprise" },
  spotWelder: { zh: "点焊机：熔化焊证不适用", en: "spot welder: a fusion certificate does not cover it" },
  tampered: { zh: "将被拆动芯片的焊机", en: "its chip will be cut off" },
  locked: { zh: "可用来试锁定", en: "to try locking" },
  distant: { zh: "距离较远的焊机", en: "kilometres away" },
  foreign: { zh: "别家单位的焊机", en: "somebody else's machine" },
  offline: { zh: "尚未安装芯片", en: "no chip fitted yet" },
  mobile: { zh: "流动焊机", en: "mobile machine" },
};

/** The machines a newcomer can scan, in the order of the tour. */
export function demoLabelsOf(county: County) {
  const parts = Object.keys(labelNotes) as (keyof typeof labelNotes)[];
  return parts.map((part) => ({ machineId: county.cast.machines[part], note: labelNotes[part] }));
}
