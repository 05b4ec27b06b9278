import type { Map as MapLibreMap } from "maplibre-gl";

/** Of the screen's points in each direction, while the map moves and until its first picture stands. */
export const COARSE_SHARE = 0.5;
/** A hand that lets go to take hold again, and names that come after the first picture, need no fine picture between. */
const REST_MS = 300;
/** Names of what draws WebGL by the processor: Chromium's, Mesa's two, and that of Windows. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render|software/i;

/**
 * Has a map draw fewer points while it moves, and all of them once it rests, where there is no graphics card: there the
 * time that a picture takes goes by its points. Elsewhere it draws all of them from now on.
 * @param map made for `COARSE_SHARE` of the points, with no picture yet: what draws is known from a map alone
 * @returns tells whether the picture has all points that the screen has
 */
export function drawCoarselyInMotion(map: MapLibreMap): () => boolean {
  let share = isDrawnBySoftware(map) ? COARSE_SHARE : 1;
  const switchTo = (wanted: number) => {
    share = wanted;
    if (map.getPixelRatio() !== devicePixelRatio * share) setPoints(map, share);
  };
  switchTo(share);
  // The page was zoomed, or came to a screen with other points.
  map.on("resize", () => switchTo(share));
  if (share === 1) return () => true;

  let rest: ReturnType<typeof setTimeout> | undefined;
  map.on("movestart", () => {
    clearTimeout(rest);
    // A jump is over when it is told.
    if (map.isMoving()) switchTo(COARSE_SHARE);
  });
  map.on("idle", () => {
    clearTimeout(rest);
    // What is still on its way ends in rest again.
    rest = setTimeout(() => map.loaded() && switchTo(1), REST_MS);
  });
  map.on("remove", () => clearTimeout(rest));
  return () => share === 1;
}

function isDrawnBySoftware(map: MapLibreMap): boolean {
  // A canvas has one context: the map's own.
  const gl = map.getCanvas().getContext("webgl2");
  if (!gl) return false;
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  return SOFTWARE.test(String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER)));
}

/** MapLibre takes other points for another size: it would end the hand's drag and tell of a movement. The view stays the same. */
function setPoints(map: MapLibreMap, share: number): void {
  const nothing = () => map;
  Object.assign(map, { fire: nothing, stop: nothing });
  try {
    map.setPixelRatio(devicePixelRatio * share);
  } finally {
    // The class's own again.
    Reflect.deleteProperty(map, "fire");
    Reflect.deleteProperty(map, "stop");
  }
  map.triggerRepaint();
}
