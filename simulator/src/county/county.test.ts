import { industryName, judgeUscc, role } from "@hanyouxu/api";
import { describe, expect, test } from "vitest";
import { addDays } from "./certificates.ts";
import { identityCheckDigit, organisationCheckDigit } from "./checksums.ts";
import { generateCounty } from "./generate-county.ts";
import { machineModels } from "./machine-models.ts";
import { metresBetween } from "./place.ts";
import type { DemoCertificate } from "./types.ts";

const onDay = "2026-11-23";
const county = generateCounty(330723, onDay);
const enterprisesById = new Map(
  county.enterprises.map((enterprise) => [enterprise.enterpriseId, enterprise]),
);
const machinesById = new Map(county.machines.map((machine) => [machine.machineId, machine]));
const weldersById = new Map(county.welders.map((welder) => [welder.welderId, welder]));
const townshipsByCode = new Map(county.townships.map((township) => [township.code, township]));

describe("the county", () => {
  test("has 3,981 machines of which 612 are mobile, and people and enterprises in proportion", () => {
    expect(county.machines).toHaveLength(3981);
    expect(county.machines.filter(({ isMobile }) => isMobile)).toHaveLength(612);
    expect(county.enterprises).toHaveLength(1275);
    expect(county.welders).toHaveLength(7285);
    expect(county.townships).toHaveLength(18);
  });

  test("is the same for the same seed and another for another", () => {
    expect(generateCounty(330723, onDay)).toEqual(county);
    expect(generateCounty(1, onDay).machines).not.toEqual(county.machines);
  });

  test("survives JSON", () => {
    expect(JSON.parse(JSON.stringify(county))).toEqual(county);
  });

  test("refuses a day that is none", () => {
    expect(() => generateCounty(1, "yesterday")).toThrow(RangeError);
  });

  test("gives every id, phone, name and code once", () => {
    const once = (values: readonly string[]) => expect(new Set(values).size).toBe(values.length);
    once([
      ...county.enterprises.flatMap(({ enterpriseId, officer }) => [enterpriseId, officer.personId]),
      ...county.welders.flatMap(({ personId, welderId }) => [personId, welderId]),
      ...county.machines.map(({ machineId }) => machineId),
    ]);
    once([
      ...county.welders.map(({ phone }) => phone),
      ...county.enterprises.map(({ officer }) => officer.phone),
    ]);
    once([...county.welders.map(({ name }) => name), ...county.machines.map(({ name }) => name)]);
    once(county.enterprises.map(({ uscc }) => uscc));
    once(county.welders.map(({ identityNumber }) => identityNumber));
  });

  test("marks every name as a demonstration and keeps to the demo's phones", () => {
    const names = [...county.enterprises, ...county.welders, ...county.machines, ...county.demoAccounts].map(
      (it) => it.name,
    );
    expect(names.every((name) => name.startsWith("演示"))).toBe(true);
    expect(county.enterprises.every(({ officer }) => officer.name.startsWith("演示"))).toBe(true);
    expect(county.welders.every(({ phone }) => /^1990000\d{4}$/.test(phone))).toBe(true);
  });

  test("uses version 7 UUIDs", () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    for (const { machineId } of county.machines) expect(machineId).toMatch(uuid);
    for (const { welderId } of county.welders) expect(welderId).toMatch(uuid);
  });

  test("stands machines near their enterprise, and enterprises within their township", () => {
    for (const enterprise of county.enterprises) {
      const township = townshipsByCode.get(enterprise.townshipCode)!;
      expect(metresBetween(enterprise, township)).toBeLessThan(township.radiusMetres);
    }
    for (const machine of county.machines) {
      if (machine.machineId === county.cast.machines.distant) continue;
      expect(metresBetween(machine.home, enterprisesById.get(machine.enterpriseId)!)).toBeLessThan(400);
    }
  });

  test("gives every enterprise a machine, and mobile machines a portable model", () => {
    expect(new Set(county.machines.map(({ enterpriseId }) => enterpriseId)).size).toBe(1275);
    const portable = new Set(machineModels.filter(({ isPortable }) => isPortable).map(({ model }) => model));
    expect(county.machines.filter(({ isMobile }) => isMobile).every(({ model }) => portable.has(model))).toBe(
      true,
    );
  });

  test("has identity numbers and credit codes with right check digits, of nobody alive", () => {
    for (const { identityNumber } of county.welders) {
      expect(identityNumber).toMatch(/^330723(18[89]\d)(0[1-9]|1[0-2])([01]\d|2[0-8])\d{3}[\dX]$/);
      expect(identityCheckDigit(identityNumber.slice(0, 17))).toBe(identityNumber[17]);
    }
    for (const { uscc } of county.enterprises) {
      expect(uscc).toMatch(/^91330723DEM0\d{4}[\dX][0-9A-HJ-NPQRTUWXY]$/);
      expect(judgeUscc(uscc)).toBe("right");
    }
  });
});

describe("site owners", () => {
  const owners = county.siteOwners;

  test("are 演示 organisations of many kinds, none of them an enterprise with machines", () => {
    expect(owners).toHaveLength(120);
    expect(new Set(owners.map(({ domain }) => domain)).size).toBeGreaterThan(3);
    for (const { name, officer, uscc } of owners) {
      expect(name.startsWith("演示") && officer.name.startsWith("演示")).toBe(true);
      expect(judgeUscc(uscc)).toBe("right");
    }
    const everybody = [...county.enterprises, ...owners];
    for (const values of [
      everybody.map(({ enterpriseId }) => enterpriseId),
      everybody.map(({ uscc }) => uscc),
      [...everybody.map(({ officer }) => officer.phone), ...county.welders.map(({ phone }) => phone)],
    ]) {
      expect(new Set(values).size).toBe(values.length);
    }
  });

  test("have a fire watch each, 演示 and with a phone of their own, the first trained today", () => {
    const watches = county.fireWatches;
    expect(watches.map(({ enterpriseId }) => enterpriseId)).toEqual(
      owners.map(({ enterpriseId }) => enterpriseId),
    );
    const phones = [...owners, ...county.enterprises].map(({ officer }) => officer.phone);
    const all = [...watches, ...county.welders].map(({ phone }) => phone).concat(phones);
    expect(new Set(all).size).toBe(all.length);
    expect(watches.every(({ name }) => name.startsWith("演示"))).toBe(true);
    const isTrained = ({ trainedOn, trainedTo }: (typeof watches)[number]) =>
      trainedOn <= county.onDay && county.onDay <= trainedTo;
    expect(isTrained(watches[0]!)).toBe(true);
    expect(watches.filter((watch) => !isTrained(watch))).toHaveLength(10);
  });

  test("lie where mobile machines can come, the first next to the cast's", () => {
    const mobile = county.machines.filter(({ isMobile }) => isMobile);
    for (const owner of owners) {
      const nearest = Math.min(...mobile.map(({ home }) => metresBetween(home, owner)));
      expect(nearest).toBeLessThan(1500);
    }
    const castMobile = machinesById.get(county.cast.machines.mobile)!;
    expect(metresBetween(owners[0]!, castMobile.home)).toBeLessThan(300);
  });

  test("industries of everybody are codes of GB/T 4754", () => {
    for (const { industry } of [...county.enterprises, ...owners])
      expect(industryName(industry)).toBeDefined();
  });
});

describe("check digits", () => {
  test("agree with the standards' own examples", () => {
    expect(identityCheckDigit("11010519491231002")).toBe("X");
    expect(organisationCheckDigit("M000100Y")).toBe("4");
  });

  test("reject what is too short or outside the alphabet", () => {
    expect(() => identityCheckDigit("123")).toThrow(RangeError);
    expect(() => organisationCheckDigit("M000100-")).toThrow(RangeError);
  });
});

describe("welders' papers", () => {
  const isValid = ({ validFrom, validTo, reviewDueOn, status }: DemoCertificate) =>
    status === "valid" &&
    validFrom <= onDay &&
    onDay <= validTo &&
    (reviewDueOn === null || onDay <= reviewDueOn);
  const arcCovering = (certificate: DemoCertificate) =>
    !["brazing", "pressure-welding"].includes(certificate.item);

  test.each([
    ["certified", 0.86],
    ["uncertified", 0.06],
    ["expired", 0.03],
    ["review-overdue", 0.02],
    ["wrong-process", 0.02],
    ["revoked", 0.01],
  ] as const)("%s are about %d of them", (profile, share) => {
    const count = county.welders.filter((welder) => welder.profile === profile).length;
    expect(Math.abs(count / county.welders.length - share)).toBeLessThan(0.02);
  });

  test("match the profile on the day", () => {
    for (const { profile, certificates, name } of county.welders) {
      const good = certificates.filter((certificate) => isValid(certificate) && arcCovering(certificate));
      expect([name, profile, good.length > 0]).toEqual([name, profile, profile === "certified"]);
      for (const { validFrom, validTo } of certificates) expect(validFrom < validTo).toBe(true);
    }
  });

  test("of each profile show exactly its own flaw", () => {
    for (const { profile, certificates } of county.welders) {
      const [first] = certificates;
      if (profile === "expired") expect(first!.validTo < onDay).toBe(true);
      if (profile === "review-overdue") {
        expect(first!.reviewDueOn! < onDay).toBe(true);
        expect(first!.validTo > onDay).toBe(true);
      }
      if (profile === "revoked") expect(first).toMatchObject({ status: "revoked" });
      if (profile === "wrong-process") expect(first!.item).toBe("brazing");
      if (profile === "uncertified") expect(certificates).toEqual([]);
    }
  });
});

describe("the cast", () => {
  const { welders, machines } = county.cast;

  test("plays its parts: each welder has the profile, all work for one enterprise", () => {
    for (const [profile, welderId] of Object.entries(welders)) {
      expect(weldersById.get(welderId)).toMatchObject({
        profile,
        enterpriseIds: [county.enterprises[0]!.enterpriseId],
      });
    }
  });

  test.each(["2024-02-29", "2026-11-26", "2027-11-26", "2029-03-01"])(
    "has a certified welder who may work for a year after a start on %s",
    (day) => {
      const { cast, welders: all } = generateCounty(7, day);
      const { certificates } = all.find(({ welderId }) => welderId === cast.welders.certified)!;
      const aYearLater = addDays(day, 365);
      expect(certificates).toHaveLength(1);
      expect(certificates[0]!.validTo > aYearLater).toBe(true);
      expect(certificates[0]!.reviewDueOn! > aYearLater).toBe(true);
    },
  );

  test("has its machines in that enterprise, save the foreign one", () => {
    for (const [part, machineId] of Object.entries(machines)) {
      const owner = county.enterprises[part === "foreign" ? 1 : 0]!;
      expect(machinesById.get(machineId)!.enterpriseId).toBe(owner.enterpriseId);
    }
  });

  test("stands at the head of the list, the distant machine out of reach of a scan", () => {
    const head = new Set(county.machines.slice(0, 9).map(({ machineId }) => machineId));
    expect(Object.values(machines).every((machineId) => head.has(machineId))).toBe(true);
    const distant = machinesById.get(machines.distant)!;
    const ordinary = machinesById.get(machines.ordinary)!;
    expect(metresBetween(distant.home, ordinary.home)).toBeGreaterThan(1000);
  });

  test("is who signs in, by phone or as staff", () => {
    for (const account of county.demoAccounts) {
      expect(role.options).toContain(account.role);
      expect((account.phone === null) !== (account.username === null)).toBe(true);
    }
  });
});

test("more than a hundred key areas of all kinds lie apart from one another and from machines' homes", () => {
  const { keyAreas, siteOwners, machines } = county;
  expect(keyAreas.length).toBeGreaterThan(100);
  expect(new Set(keyAreas.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(14);
  expect(keyAreas.every(({ name }) => name.startsWith("演示"))).toBe(true);
  expect(keyAreas.filter(({ siteOwnerId }) => siteOwnerId !== null)).toHaveLength(siteOwners.length);
  for (const [index, area] of keyAreas.entries()) {
    const reach = area.halfMetres * Math.SQRT2;
    const apart = keyAreas
      .slice(index + 1)
      .every((other) => metresBetween(area.centre, other.centre) > reach + other.halfMetres * Math.SQRT2);
    expect(apart, area.name).toBe(true);
    expect(
      machines.every(({ home }) => metresBetween(home, area.centre) > reach),
      area.name,
    ).toBe(true);
  }
});
