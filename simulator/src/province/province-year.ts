import { createRandom, integerBetween, type Random } from "../random.ts";

/** How large a simulated province is. */
export interface ProvinceSize {
  prefectures: number;
  countiesEach: number;
  townshipsEach: number;
  /** On average, as the next two. */
  firmsPerTownship: number;
  machinesPerFirm: number;
  weldersPerFirm: number;
  sessions: number;
}

export interface ProvinceRegion {
  code: string;
  parent: string | null;
  name: string;
}
export interface ProvinceFirm {
  firmId: string;
  name: string;
  region: string;
  industry: string;
  type: string;
}
export interface ProvinceMachine {
  machineId: string;
  machineCode: string;
  chipId: string;
  firmId: string;
  region: string;
  name: string;
  process: string;
  isMobile: boolean;
}
export interface ProvinceWelder {
  welderId: string;
  personId: string;
  pseudonym: string;
  firmId: string;
  region: string;
}
/** One decision, and the work that it allowed. */
export interface ProvinceStart {
  decisionId: string;
  /** Null: refused for `ruleId`. */
  workSessionId: string | null;
  ruleId: string | null;
  machineId: string;
  chipId: string;
  welderId: string;
  firmId: string;
  region: string;
  at: string;
  energisedMs: number;
  arcMs: number;
}

export interface Province {
  regions: ProvinceRegion[];
  firms: ProvinceFirm[];
  machines: ProvinceMachine[];
  welders: ProvinceWelder[];
  /** A year of starts, day by day, in pieces that can be stored at once. */
  starts(): Generator<ProvinceStart[]>;
}

/** No province has this code (GB/T 2260): nothing of it can be taken for a real place. */
const PROVINCE = "98";
const YEAR_STARTS_MS = Date.UTC(2025, 0, 1) - 8 * 3_600_000;
const DAY_MS = 86_400_000;
const DAYS = 365;
const REFUSED = 0.12;
const REFUSALS = [
  "certificate-present",
  "certificate-valid-on-day",
  "scan-distance",
  "no-tamper",
  "chip-online",
];
const INDUSTRIES = ["C33", "C34", "C35", "C37", "E47", "E48"];
const TYPES = ["limited-company", "individual-business", "state-owned"];
const PROCESSES = ["SMAW", "GMAW", "GTAW", "OFC"];
const PIECE = 5_000;

/**
 * A province that does not exist, with a year of work (2025): townships of unequal weight, working weeks and days, firms
 * that lend machines within the county. The same seed gives the same province to the last row.
 */
export function provinceYear(seed: number | string, size: ProvinceSize): Province {
  const random = createRandom(`${seed}/province`);
  const id = ids(createRandom(`${seed}/province/ids`));
  const regions: ProvinceRegion[] = [{ code: PROVINCE, parent: null, name: "演示省" }];
  const townships: string[] = [];
  for (let prefecture = 1; prefecture <= size.prefectures; prefecture++) {
    const city = `${PROVINCE}${two(prefecture)}`;
    regions.push({ code: city, parent: PROVINCE, name: `演示市${prefecture}` });
    for (let county = 1; county <= size.countiesEach; county++) {
      const code = `${city}${two(county)}`;
      regions.push({ code, parent: city, name: `演示县${prefecture}-${county}` });
      for (let township = 0; township < size.townshipsEach; township++) {
        const town = `${code}${100 + township}`;
        regions.push({ code: town, parent: code, name: `演示镇${prefecture}-${county}-${township + 1}` });
        townships.push(town);
      }
    }
  }
  const firms = townships.flatMap((region, at) =>
    repeat(share(size.firmsPerTownship, at), (place) => ({
      firmId: id(),
      name: `演示焊接厂${region}-${place + 1}`,
      region,
      industry: pick(random, INDUSTRIES),
      type: pick(random, TYPES),
    })),
  );
  const machines = firms.flatMap(({ firmId, region }, at) =>
    repeat(share(size.machinesPerFirm, at), (place): ProvinceMachine => {
      const machineId = id();
      return {
        machineId,
        machineCode: `DEMO-${machineId}`,
        chipId: base32(machineId),
        firmId,
        region,
        name: `演示焊机${place + 1}`,
        process: pick(random, PROCESSES),
        isMobile: random.next() < 0.3,
      };
    }),
  );
  const welders = firms.flatMap(({ firmId, region }, at) =>
    repeat(share(size.weldersPerFirm, at), (): ProvinceWelder => {
      const welderId = id();
      return { welderId, personId: id(), pseudonym: welderId.replaceAll("-", "").slice(-16), firmId, region };
    }),
  );
  return {
    regions,
    firms,
    machines,
    welders,
    starts: () => startsOf(`${seed}/province/year`, { machines, welders, size }),
  };
}

function* startsOf(
  seed: string,
  { machines, welders, size }: Pick<Province, "machines" | "welders"> & { size: ProvinceSize },
): Generator<ProvinceStart[]> {
  const random = createRandom(seed);
  const id = ids(createRandom(`${seed}/ids`));
  const weldersOf = new Map<string, ProvinceWelder[]>();
  for (const welder of welders)
    weldersOf.set(welder.firmId, [...(weldersOf.get(welder.firmId) ?? []), welder]);
  const weights = repeat(DAYS, (day) => (isSunday(day) ? 0.3 : isHoliday(day) ? 0.15 : 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let piece: ProvinceStart[] = [];
  for (const [day, weight] of weights.entries()) {
    const granted = Math.round((size.sessions * weight) / whole);
    for (let start = 0; start < granted / (1 - REFUSED); start++) {
      // Squared: some townships work much more than others.
      const machine = machines[Math.floor(random.next() ** 2 * machines.length)]!;
      const isAway = machine.isMobile && random.next() < 0.4;
      const isRefused = random.next() < REFUSED;
      const energisedMs = integerBetween(random, 5, 120) * 60_000;
      piece.push({
        decisionId: id(),
        workSessionId: isRefused ? null : id(),
        ruleId: isRefused ? pick(random, REFUSALS) : null,
        machineId: machine.machineId,
        chipId: machine.chipId,
        welderId: pick(random, weldersOf.get(machine.firmId)!).welderId,
        firmId: machine.firmId,
        region: isAway
          ? `${machine.region.slice(0, 6)}${100 + integerBetween(random, 0, size.townshipsEach - 1)}`
          : machine.region,
        at: new Date(YEAR_STARTS_MS + day * DAY_MS + workingTimeMs(random)).toISOString(),
        energisedMs,
        arcMs: Math.round(energisedMs * (0.15 + 0.35 * random.next())),
      });
      if (piece.length < PIECE) continue;
      yield piece;
      piece = [];
    }
  }
  if (piece.length > 0) yield piece;
}

/** Mostly between seven and six. */
function workingTimeMs(random: Random): number {
  const hour = random.next() < 0.95 ? 7 + 11 * random.next() : 24 * random.next();
  return Math.floor(hour * 3_600_000);
}

// 2025-01-01 was a Wednesday.
const isSunday = (day: number): boolean => (day + 3) % 7 === 0;
const isHoliday = (day: number): boolean => (day >= 27 && day < 35) || (day >= 273 && day < 281);

const pick = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random.next() * items.length)]!;
const repeat = <Item>(count: number, make: (place: number) => Item): Item[] =>
  Array.from({ length: count }, (_, place) => make(place));
/** What the one at a place gets of an average that need not be whole. */
const share = (average: number, at: number): number =>
  Math.floor(average * (at + 1)) - Math.floor(average * at);
const two = (number: number): string => String(number).padStart(2, "0");

/** Version 8 (RFC 9562): our own bits, which are the random stream's. */
function ids(random: Random): () => string {
  const word = () =>
    Math.floor(random.next() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0");
  return () => {
    const [a, b, c, d] = [word(), word(), word(), word()];
    return `${a}-${b.slice(0, 4)}-8${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
  };
}

/** A chip's id has the letters of base 32; 80 random bits of the machine's. */
function base32(id: string): string {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  const bits = BigInt(`0x${id.replaceAll("-", "").slice(-20)}`);
  return repeat(16, (place) => letters[Number((bits >> BigInt(5 * place)) & 31n)]!).join("");
}
