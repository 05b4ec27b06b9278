import { numberBetween, type Random } from "../random.ts";
import { metresBetween, shiftPlace } from "./place.ts";
import type { DemoKeyArea, DemoMachine, DemoSiteOwner, Place, Township } from "./types.ts";

const kindOfName: Readonly<Record<string, DemoKeyArea["kind"]>> = {
  医院: "hospital",
  商场: "mall",
  学校: "school",
  酒店: "hotel",
  化工厂: "chemical",
  工地项目部: "construction-site",
};

/** What a township has besides, one after the other. */
const townKinds = [
  { kind: "fuel-station", word: "加油站" },
  { kind: "market", word: "集贸市场" },
  { kind: "heritage", word: "古建筑" },
  { kind: "entertainment", word: "歌舞厅" },
  { kind: "care-home", word: "养老院" },
  { kind: "transport-hub", word: "客运站" },
  { kind: "warehouse", word: "物流仓库" },
  { kind: "key-enterprise", word: "重点企业" },
] as const;

/** Room that is left between two areas and around a machine's home. */
const ROOM_METRES = 25;

/**
 * The key areas of the county: the place of each site owner, and one of another kind a township. They neither overlap nor
 * hold the home of a machine; a mobile machine that goes to a site owner may come into one.
 */
export function generateKeyAreas(
  random: Random,
  siteOwners: readonly DemoSiteOwner[],
  townships: readonly Township[],
  machines: readonly DemoMachine[],
): DemoKeyArea[] {
  const areas: DemoKeyArea[] = [];
  const add = (area: Omit<DemoKeyArea, "centre" | "halfMetres" | "isRound">, near: Place) => {
    const halfMetres = Math.round(numberBetween(random, 30, 80));
    const homes = machines.filter(({ home }) => metresBetween(home, near) < 6_000);
    const isFree = (centre: Place) =>
      homes.every(({ home }) => metresBetween(home, centre) > halfMetres * Math.SQRT2 + ROOM_METRES) &&
      areas.every(
        (other) =>
          metresBetween(other.centre, centre) > (halfMetres + other.halfMetres) * Math.SQRT2 + ROOM_METRES,
      );
    // Outwards step by step, round and round, until there is room.
    let centre = near;
    for (let step = 1; !isFree(centre); step++) {
      centre = shiftPlace(near, 20 * step * Math.sin(step), 20 * step * Math.cos(step));
    }
    areas.push({ ...area, centre, halfMetres, isRound: areas.length % 3 === 0 });
  };
  for (const { name, townshipCode, enterpriseId, ...place } of siteOwners) {
    const kind = kindOfName[name.replace(/^演示|\d+$/g, "")] ?? "other";
    add({ kind, name: `${name}重点区域`, townshipCode, siteOwnerId: enterpriseId }, place);
  }
  for (const [index, township] of townships.entries()) {
    const { kind, word } = townKinds[index % townKinds.length]!;
    const name = `演示${township.name}${word}`;
    add({ kind, name, townshipCode: township.code, siteOwnerId: null }, township);
  }
  return areas;
}

/** Its corners, east of the south-west one first. */
export function cornersOf({ centre, halfMetres }: Pick<DemoKeyArea, "centre" | "halfMetres">): Place[] {
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([east, north]) => shiftPlace(centre, east! * halfMetres, north! * halfMetres));
}
