import { enterpriseType, machineState } from "@hanyouxu/api";
import type { EnterpriseId, MachineId, RegionCode } from "@hanyouxu/protocol";
import { MachineColumns, type MachineRecord } from "@hanyouxu/server/live-map";
import type { Random } from "@hanyouxu/simulator";

const PROCESSES = ["SMAW", "SMAW", "SMAW", "GMAW", "GMAW", "GTAW", "SAW", "PAC", "OFC", "RW"];
/** As in a working day's morning: a fifth at work, a third switched off. */
const STATES = [
  "arcing",
  "energised",
  "idle",
  "idle",
  "idle",
  "idle",
  "idle",
  "offline",
  "offline",
  "offline",
] as const;
const COUNTIES = 90;
const TOWNS_OF_A_COUNTY = 15;
const MACHINES_OF_A_FIRM = 40;

const oneOf = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random.next() * items.length)]!;
const spread = (random: Random, degrees: number) =>
  (random.next() + random.next() + random.next() - 1.5) * degrees;

/** A province's machines: 90 counties of 15 towns, firms of some forty machines around each town's middle. */
export function provinceOf(random: Random, count: number): MachineRecord[] {
  const towns = Array.from({ length: COUNTIES }, (_, county) => {
    const middle = { east: 118.5 + random.next() * 3.8, north: 27.4 + random.next() * 3.4 };
    return Array.from({ length: TOWNS_OF_A_COUNTY }, (_town, town) => ({
      code: `33${String(1 + (county % 11)).padStart(2, "0")}${String(1 + Math.floor(county / 11)).padStart(2, "0")}${100 + town}`,
      east: middle.east + spread(random, 0.25),
      north: middle.north + spread(random, 0.2),
    }));
  }).flat();
  let firm = { id: 0, town: towns[0]!, type: "other", industry: "C33", east: 0, north: 0 };
  return Array.from({ length: count }, (_, index): MachineRecord => {
    if (index % MACHINES_OF_A_FIRM === 0) {
      const town = oneOf(random, towns);
      firm = {
        id: index,
        town,
        type: oneOf(random, enterpriseType.options),
        industry: `C${13 + Math.floor(random.next() * 30)}`,
        east: town.east + spread(random, 0.04),
        north: town.north + spread(random, 0.04),
      };
    }
    return {
      machineId: uuidOf(index) as MachineId,
      name: `演示${index}号焊机`,
      regionCode: firm.town.code as RegionCode,
      enterpriseId: uuidOf(firm.id) as EnterpriseId,
      enterpriseType: firm.type,
      domain: "industry",
      industry: firm.industry,
      process: oneOf(random, PROCESSES),
      isMobile: random.next() < 0.3,
      place: {
        longitudeDegrees: firm.east + spread(random, 0.004),
        latitudeDegrees: firm.north + spread(random, 0.004),
      },
      state: random.next() < 0.002 ? "tampered" : oneOf(random, STATES),
      leaseEndsAtMs: Number.POSITIVE_INFINITY,
      alarm: random.next() < 0.003 ? "warning" : null,
      currentAmps: null,
      certificateFamilies: ["emergency"],
      keyAreaIds: [],
      workedAtMs: null,
    };
  });
}

export function columnsOf(machines: readonly MachineRecord[]): MachineColumns {
  const columns = new MachineColumns();
  for (const machine of machines) columns.put(machine);
  return columns;
}

export const STATE_NAMES = machineState.options;

function uuidOf(index: number): string {
  return `0198c0de-0000-7000-8000-${index.toString(16).padStart(12, "0")}`;
}
