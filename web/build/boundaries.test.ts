import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { County, LonLat } from "./boundaries.ts";
import { simplifyCounties, simplifyLine } from "./boundaries.ts";
import { buildOutline, HOME_ADCODE, readCounties } from "./outline.ts";

/** A county between the meridian `edge` and the `border` it shares with another. */
const county = (edge: number, border: readonly LonLat[]): County => ({
  adcode: edge,
  name: `${edge}`,
  cityAdcode: 1,
  centre: [edge, 0],
  polygons: [[[[edge, 0], ...border, [edge, 1], [edge, 0]]]],
});

test("a line keeps its ends and every bend larger than the tolerance", () => {
  const line: LonLat[] = [
    [0, 0],
    [0.5, 0.2501],
    [1, 0.5],
    [2, 0],
  ];
  expect(simplifyLine(line, 100)).toEqual([
    [0, 0],
    [1, 0.5],
    [2, 0],
  ]);
});

test("two counties keep the same points on the border between them", () => {
  const border: LonLat[] = [
    [1, 0],
    [1.0001, 0.2],
    [1.2, 0.4],
    [1.0001, 0.6],
    [1, 1],
  ];
  const [left, right] = simplifyCounties([county(0, border), county(2, border)], (adcode) =>
    adcode === 0 ? 5_000 : 100,
  );
  const onBorder = (side: County) =>
    side.polygons
      .flat(2)
      .filter(([longitude]) => longitude >= 1 && longitude <= 1.3)
      .map((point) => point.join(","))
      .sort();
  expect(new Set(onBorder(left!))).toEqual(new Set(onBorder(right!)));
  expect(onBorder(left!)).toContain("1.2,0.4");
});

test("the outline has all 90 counties of Zhejiang, Wuyi in full, under 80 kB of gzip", () => {
  const outline = buildOutline();
  const areas = outline.features.filter((feature) => feature.geometry.type === "MultiPolygon");
  expect(areas).toHaveLength(90);
  const home = areas.find((feature) => "home" in feature.properties && feature.properties.home)!;
  const source = readCounties().find((candidate) => candidate.adcode === HOME_ADCODE)!;
  expect(home.properties).toMatchObject({ name: "武义县" });
  expect(home.geometry.coordinates.flat(2).length).toBeGreaterThan(0.98 * source.polygons.flat(2).length);
  expect(gzipSync(JSON.stringify(outline)).length).toBeLessThan(80_000);
});

test("Wuyi is moved from GCJ-02 to WGS-84: 0.00465° west and 0.0030° north of the source", () => {
  const centre = readCounties().find((candidate) => candidate.adcode === HOME_ADCODE)!.centre;
  expect(centre[0] - 119.714529).toBeCloseTo(-0.0047, 3);
  expect(centre[1] - 28.768287).toBeCloseTo(0.003, 3);
});
