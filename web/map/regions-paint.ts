import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";

export const GROUND_SOURCE = "regions-ground";
export const MARKS_SOURCE = "regions-marks";

const isInside: ExpressionSpecification = ["boolean", ["feature-state", "isInside"], false];
const heat: ExpressionSpecification = ["number", ["feature-state", "heat"], 0];

/** Dark ground, brighter the more goes on; what is shown glows, its surroundings are dim. No national border. */
export function groundLayers(scale: number, isOneCounty: boolean): LayerSpecification[] {
  return [
    {
      id: "regions-glow",
      type: "line",
      source: GROUND_SOURCE,
      paint: {
        "line-color": "#1e90ff",
        "line-width": 16 * scale,
        "line-blur": 14 * scale,
        "line-opacity": ["case", isInside, 0.75, 0.05],
      },
    },
    {
      id: "regions-fill",
      type: "fill",
      source: GROUND_SOURCE,
      paint: {
        "fill-color": [
          "case",
          isInside,
          ["interpolate", ["linear"], heat, 0, "#0b3873", 0.5, "#125aa8", 1, "#1b78d0"],
          "#051a38",
        ],
        "fill-opacity": ["case", isInside, 0.92, 0.75],
      },
    },
    {
      id: "regions-line",
      type: "line",
      source: GROUND_SOURCE,
      paint: {
        "line-color": ["case", isInside, isOneCounty ? "#8fe3ff" : "#63bdf2", "#1d4a80"],
        "line-width": ["case", isInside, (isOneCounty ? 2 : 1) * scale, 0.8 * scale],
      },
    },
  ];
}

/** Of a full-HD screen. */
export const NAME_PIXELS = 14;
/** Where the number of open alarms stands from the middle of its circle: right, down, and how large it is. */
const BADGE = { right: 22, down: -20, radius: 11 };
export const BADGE_REACH = Math.max(BADGE.right, -BADGE.down) + BADGE.radius;
const [LEAST_RADIUS, MOST_RADIUS] = [13, 30];

/** Pixels of a circle. @param heat 0 to 1 */
export const markRadius = (heat: number, scale: number): number =>
  (LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * Math.sqrt(heat)) * scale;

/** A circle, the name and the number of each region; a red figure where alarms are open; red spots at alarms. */
export function markLayers(scale: number): LayerSpecification[] {
  const isRegion: ExpressionSpecification = ["has", "code"];
  const hasAlarms: ExpressionSpecification = ["all", isRegion, [">", ["get", "openAlarms"], 0]];
  const radius: ExpressionSpecification = [
    "interpolate",
    ["linear"],
    ["sqrt", ["get", "heat"]],
    0,
    LEAST_RADIUS * scale,
    1,
    MOST_RADIUS * scale,
  ];
  return [
    {
      id: "regions-spots",
      type: "circle",
      source: MARKS_SOURCE,
      filter: ["has", "spot"],
      paint: {
        "circle-radius": 6 * scale,
        "circle-color": "#ff5b5b",
        "circle-opacity": 0.85,
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": 1.5 * scale,
      },
    },
    {
      id: "regions-leaders",
      type: "line",
      source: MARKS_SOURCE,
      filter: ["==", ["geometry-type"], "LineString"],
      paint: { "line-color": "#8fe3ff", "line-width": 1.2 * scale, "line-opacity": 0.8 },
    },
    {
      id: "regions-leader-ends",
      type: "circle",
      source: MARKS_SOURCE,
      filter: ["all", ["has", "leader"], ["==", ["geometry-type"], "Point"]],
      paint: { "circle-radius": 3 * scale, "circle-color": "#8fe3ff" },
    },
    {
      id: "regions-halos",
      type: "circle",
      source: MARKS_SOURCE,
      filter: ["all", isRegion, [">", ["get", "heat"], 0]],
      paint: {
        "circle-radius": ["*", 1.55, radius],
        "circle-color": "#19d3da",
        "circle-opacity": 0.16,
        "circle-blur": 0.6,
      },
    },
    {
      id: "regions-circles",
      type: "circle",
      source: MARKS_SOURCE,
      filter: isRegion,
      paint: {
        "circle-radius": radius,
        "circle-color": "#072b5c",
        "circle-opacity": 0.9,
        "circle-stroke-color": ["case", [">", ["get", "heat"], 0], "#5fe3ff", "#2f6fb3"],
        "circle-stroke-width": 2 * scale,
      },
    },
    {
      id: "regions-numbers",
      type: "symbol",
      source: MARKS_SOURCE,
      filter: isRegion,
      layout: {
        "text-field": ["get", "value"],
        // A number of thousands has to fit between the edges of its circle.
        "text-size": ["case", [">", ["length", ["get", "value"]], 4], 13.5 * scale, 16 * scale],
        "text-allow-overlap": true,
      },
      paint: { "text-color": "#ffffff" },
    },
    {
      id: "regions-names",
      type: "symbol",
      source: MARKS_SOURCE,
      filter: ["has", "nameOf"],
      layout: {
        "text-field": ["get", "name"],
        "text-size": NAME_PIXELS * scale,
        // Their places are free: region-marks.ts.
        "text-allow-overlap": true,
        "text-ignore-placement": true,
        "text-max-width": 100,
      },
      paint: { "text-color": "#d9efff", "text-halo-color": "#04142c", "text-halo-width": 1.6 * scale },
    },
    {
      id: "regions-alarm-circles",
      type: "circle",
      source: MARKS_SOURCE,
      filter: hasAlarms,
      paint: {
        "circle-radius": BADGE.radius * scale,
        "circle-color": "#c8202b",
        "circle-stroke-color": "#ffb3b3",
        "circle-stroke-width": 1.5 * scale,
        "circle-translate": [BADGE.right * scale, BADGE.down * scale],
      },
    },
    {
      id: "regions-alarm-numbers",
      type: "symbol",
      source: MARKS_SOURCE,
      filter: hasAlarms,
      layout: {
        "text-field": ["to-string", ["get", "openAlarms"]],
        "text-size": 13 * scale,
        "text-allow-overlap": true,
      },
      paint: { "text-color": "#ffffff", "text-translate": [BADGE.right * scale, BADGE.down * scale] },
    },
  ];
}
