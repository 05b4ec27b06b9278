import type { Map as MapLibre } from "maplibre-gl";
import type { Outline } from "./outline-shapes.ts";
import { type Mark, placeMarks, widthInEms } from "./placed-marks.ts";
import { BADGE_REACH, markRadius, NAME_PIXELS } from "./regions-paint.ts";

/** A region below the one that is shown. */
export interface ShownRegion {
  code: string;
  name: string;
  /** What its shade and its circle tell. */
  value: number;
  openAlarms: number;
  /** WGS-84 degrees; where the outline does not know the region. */
  centre: { longitudeDegrees: number; latitudeDegrees: number } | null;
}

export interface ShownSpot {
  id: string;
  longitudeDegrees: number;
  latitudeDegrees: number;
}

/** Room around the letters of a name. */
const NAME_PADDING = 1.3;

/**
 * Circle, name and, where there was no room, the line to its place of every region, as the map stands now; and the
 * spots. Whoever has most going on chooses its place first.
 */
export function marksOf(
  map: MapLibre,
  { regions, spots, outline, scale }: MarkedMap,
): GeoJSON.FeatureCollection {
  const most = Math.max(1, ...regions.map(({ value }) => value));
  const placed = regions
    .toSorted((one, other) => other.value - one.value || (one.code < other.code ? -1 : 1))
    .flatMap((region) => {
      const centre = centreOf(region, outline);
      return centre ? [{ region, centre, heat: region.value / most }] : [];
    });
  const marks = placed.map(({ region, centre, heat }): Mark => {
    const { x, y } = map.project(centre);
    const em = NAME_PIXELS * scale;
    return {
      ...{
        x,
        y,
        radius: markRadius(heat, scale),
        badgeReach: region.openAlarms > 0 ? BADGE_REACH * scale : 0,
      },
      ...{ nameWidth: widthInEms(region.name) * em * NAME_PADDING, nameHeight: em * NAME_PADDING },
    };
  });
  const features = placeMarks(marks).flatMap((place, at): GeoJSON.Feature[] => {
    const { region, centre, heat } = placed[at]!;
    const { code, name, value, openAlarms } = region;
    const middle = map.unproject([place.x, place.y]).toArray();
    const words = map.unproject([place.nameX, place.nameY]).toArray();
    const properties = { code, value: value.toLocaleString("en-US"), heat, openAlarms };
    const line: GeoJSON.Feature[] = place.isMoved
      ? [
          feature({ leader: code }, { type: "LineString", coordinates: [centre, middle] }),
          feature({ leader: code }, { type: "Point", coordinates: centre }),
        ]
      : [];
    return [
      ...line,
      feature(properties, { type: "Point", coordinates: middle }),
      feature({ nameOf: code, name }, { type: "Point", coordinates: words }),
    ];
  });
  return {
    type: "FeatureCollection",
    features: [
      ...features,
      ...spots.map(({ id, longitudeDegrees, latitudeDegrees }) =>
        feature({ spot: id }, { type: "Point", coordinates: [longitudeDegrees, latitudeDegrees] }),
      ),
    ],
  };
}

export interface MarkedMap {
  regions: readonly ShownRegion[];
  spots: readonly ShownSpot[];
  outline: Outline;
  scale: number;
}

const feature = (properties: GeoJSON.GeoJsonProperties, geometry: GeoJSON.Geometry): GeoJSON.Feature => ({
  type: "Feature",
  properties,
  geometry,
});

/** Of a city the middle of its counties. */
function centreOf({ code, centre }: ShownRegion, { centres }: Outline): [number, number] | null {
  const below = [...centres].filter(([county]) => county.startsWith(code)).map(([, place]) => place);
  if (below.length > 0) {
    const [x, y] = below.reduce<readonly [number, number]>(
      ([sumX, sumY], [longitude, latitude]) => [sumX + longitude, sumY + latitude],
      [0, 0],
    );
    return [x / below.length, y / below.length];
  }
  return centre && [centre.longitudeDegrees, centre.latitudeDegrees];
}
