/**
 * Turns county boundaries into light GeoJSON. Borders are cut into arcs at junctions and every arc is simplified
 * once, so neighbours keep sharing the same line: no slivers between them.
 */
export type LonLat = readonly [number, number];
export type Ring = readonly LonLat[];

export interface County {
  adcode: number;
  name: string;
  cityAdcode: number;
  centre: LonLat;
  /** Polygons of rings, closed (first point repeated), as in GeoJSON MultiPolygon. */
  polygons: readonly (readonly Ring[])[];
}

const METRES_PER_DEGREE = 111_320;

const key = (point: LonLat): string => `${point[0]},${point[1]}`;

/** Distance in metres from `point` to the segment, on a local plane. */
function offsetMetres(point: LonLat, from: LonLat, to: LonLat): number {
  const stretch = Math.cos((point[1] * Math.PI) / 180);
  const x = (point[0] - from[0]) * stretch;
  const y = point[1] - from[1];
  const dx = (to[0] - from[0]) * stretch;
  const dy = to[1] - from[1];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / length));
  return Math.hypot(x - along * dx, y - along * dy) * METRES_PER_DEGREE;
}

/** Douglas–Peucker on an open line: the ends stay, nothing moves by more than `toleranceMetres`. */
export function simplifyLine(line: readonly LonLat[], toleranceMetres: number): LonLat[] {
  const keep = new Uint8Array(line.length);
  keep[0] = 1;
  keep[line.length - 1] = 1;
  const stack: [number, number][] = [[0, line.length - 1]];
  for (let span = stack.pop(); span; span = stack.pop()) {
    const [first, last] = span;
    let worst = -1;
    let worstMetres = toleranceMetres;
    for (let index = first + 1; index < last; index++) {
      const metres = offsetMetres(line[index]!, line[first]!, line[last]!);
      if (metres > worstMetres) {
        worst = index;
        worstMetres = metres;
      }
    }
    if (worst > 0) {
      keep[worst] = 1;
      stack.push([first, worst], [worst, last]);
    }
  }
  return line.filter((_, index) => keep[index] === 1);
}

/** Which counties touch each point, and which points are junctions (more than two distinct neighbours). */
function survey(counties: readonly County[]): { owners: Map<string, Set<number>>; junctions: Set<string> } {
  const owners = new Map<string, Set<number>>();
  const neighbours = new Map<string, Set<string>>();
  for (const county of counties) {
    for (const ring of county.polygons.flat()) {
      const open = ring.slice(0, -1);
      open.forEach((point, index) => {
        const name = key(point);
        if (!owners.has(name)) owners.set(name, new Set());
        if (!neighbours.has(name)) neighbours.set(name, new Set());
        owners.get(name)!.add(county.adcode);
        neighbours.get(name)!.add(key(open[(index + 1) % open.length]!));
        neighbours.get(name)!.add(key(open[(index + open.length - 1) % open.length]!));
      });
    }
  }
  const junctions = new Set([...neighbours].filter(([, near]) => near.size > 2).map(([name]) => name));
  return { owners, junctions };
}

/** Splits a closed ring into open arcs that begin and end at a junction (or at its smallest point when it has none). */
function arcsOf(ring: Ring, junctions: ReadonlySet<string>): LonLat[][] {
  const open = ring.slice(0, -1);
  let start = open.findIndex((point) => junctions.has(key(point)));
  if (start < 0)
    start = open.reduce((best, point, index) => (key(point) < key(open[best]!) ? index : best), 0);
  const turned = [...open.slice(start), ...open.slice(0, start), open[start]!];
  const arcs: LonLat[][] = [];
  let arc: LonLat[] = [turned[0]!];
  for (let index = 1; index < turned.length; index++) {
    arc.push(turned[index]!);
    if (index === turned.length - 1 || junctions.has(key(turned[index]!))) {
      arcs.push(arc);
      arc = [turned[index]!];
    }
  }
  return arcs;
}

/**
 * Simplifies every county; a border between two takes the finer tolerance of both. `toleranceMetres` gives each
 * county's own. Rings that would lose their area are dropped (tiny islands), never a county's largest.
 */
export function simplifyCounties(
  counties: readonly County[],
  toleranceMetres: (adcode: number) => number,
): County[] {
  const { owners, junctions } = survey(counties);
  const done = new Map<string, LonLat[]>();

  function simplifyArc(arc: readonly LonLat[]): LonLat[] {
    const forward = arc.map(key).join(" ");
    const backward = arc.map(key).reverse().join(" ");
    const flipped = backward < forward;
    const name = flipped ? backward : forward;
    let light = done.get(name);
    if (!light) {
      const middle = arc[Math.floor(arc.length / 2)]!;
      const touching = [...owners.get(key(middle))!];
      const canonical = flipped ? [...arc].reverse() : arc;
      light = simplifyLine(canonical, Math.min(...touching.map(toleranceMetres)));
      done.set(name, light);
    }
    return flipped ? [...light].reverse() : light;
  }

  function simplifyRing(ring: Ring): Ring {
    const light: LonLat[] = [];
    for (const arc of arcsOf(ring, junctions)) light.push(...simplifyArc(arc).slice(0, -1));
    return [...light, light[0]!];
  }

  return counties.map((county) => {
    const polygons = county.polygons.map((rings) => rings.map(simplifyRing));
    const drawn = polygons
      .filter(([outer]) => outer!.length >= 4)
      .map(([outer, ...holes]) => [outer!, ...holes.filter((hole) => hole.length >= 4)]);
    return { ...county, polygons: drawn.length > 0 ? drawn : county.polygons };
  });
}
