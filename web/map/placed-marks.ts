/** A circle with a name beside it, in pixels; `x` and `y` are where it belongs. */
export interface Mark {
  x: number;
  y: number;
  radius: number;
  /** How far what sticks out at its top right reaches from the middle; 0: nothing does. */
  badgeReach: number;
  nameWidth: number;
  nameHeight: number;
}

export interface PlacedMark {
  /** The middle of the circle; away from where it belongs, a line leads there. */
  x: number;
  y: number;
  /** The middle of the name. */
  nameX: number;
  nameY: number;
  isMoved: boolean;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const GAP_PIXELS = 3;
const DIRECTIONS = 16;
const MOST_RINGS = 60;

/**
 * Finds for each circle and its name the nearest free place. Earlier marks choose first: put the important ones there.
 * Where there is none in a wide circle around, a mark stays where it belongs and lies on others.
 * @returns in the order of the marks
 */
export function placeMarks(marks: readonly Mark[]): PlacedMark[] {
  const taken: Box[] = [];
  return marks.map((mark) => {
    for (const { dx, dy } of offsets(mark.radius)) {
      const [x, y] = [mark.x + dx, mark.y + dy];
      const circle = circleBox(mark, x, y);
      if (taken.some((box) => overlap(box, circle))) continue;
      for (const [nameX, nameY] of besides(mark, x, y)) {
        const name = boxAround(nameX, nameY, mark.nameWidth, mark.nameHeight);
        if (taken.some((box) => overlap(box, name))) continue;
        taken.push(circle, name);
        return { x, y, nameX, nameY, isMoved: dx !== 0 || dy !== 0 };
      }
    }
    const [[nameX, nameY]] = besides(mark, mark.x, mark.y);
    return { x: mark.x, y: mark.y, nameX, nameY, isMoved: false };
  });
}

/** Its own place, then rings around it, each ring a step wider. */
function* offsets(radius: number): Generator<{ dx: number; dy: number }> {
  yield { dx: 0, dy: 0 };
  const step = Math.max(8, radius / 2);
  for (let ring = 1; ring <= MOST_RINGS; ring++) {
    for (let direction = 0; direction < DIRECTIONS; direction++) {
      const angle = (2 * Math.PI * direction) / DIRECTIONS;
      yield { dx: ring * step * Math.cos(angle), dy: ring * step * Math.sin(angle) };
    }
  }
}

function circleBox({ radius, badgeReach }: Mark, x: number, y: number): Box {
  const reach = Math.max(radius, badgeReach);
  return { left: x - radius, right: x + reach, top: y - reach, bottom: y + radius };
}

/** Below, above, right, left. */
function besides(
  { radius, badgeReach, nameWidth, nameHeight }: Mark,
  x: number,
  y: number,
): [[number, number], ...[number, number][]] {
  const reach = Math.max(radius, badgeReach);
  const [high, wide] = [GAP_PIXELS + nameHeight / 2, GAP_PIXELS + nameWidth / 2];
  return [
    [x, y + radius + high],
    [x, y - reach - high],
    [x + reach + wide, y],
    [x - radius - wide, y],
  ];
}

const boxAround = (x: number, y: number, width: number, height: number): Box => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** About how wide words are drawn, in ems: Chinese letters are square, others a good half as wide. */
export function widthInEms(words: string): number {
  return [...words].reduce((width, letter) => width + (letter >= "\u2e80" ? 1 : 0.6), 0);
}
