import { EVIDENCE_SECTORS } from "@hanyouxu/api";

/** Degrees of one twelfth of the circle. */
const SECTOR_DEGREES = 360 / EVIDENCE_SECTORS;

/** The twelfth of the circle that a heading lies in: 0 around north, 3 around east. */
export function sectorOf(headingDegrees: number): number {
  const turned = (((headingDegrees + SECTOR_DEGREES / 2) % 360) + 360) % 360;
  return Math.floor(turned / SECTOR_DEGREES);
}

/** Which twelfths have been seen, without any twice, in their order. */
export function withSector(covered: readonly number[], sector: number): readonly number[] {
  return covered.includes(sector) ? covered : [...covered, sector].sort((a, b) => a - b);
}

export function isWholeCircle(covered: readonly number[]): boolean {
  return covered.length === EVIDENCE_SECTORS;
}

/** The shorter way round to the next twelfth that is missing; undefined when none is. */
export function nextTurn(covered: readonly number[], sector: number): "left" | "right" | undefined {
  for (let step = 1; step <= EVIDENCE_SECTORS / 2; step++) {
    if (!covered.includes((sector + step) % EVIDENCE_SECTORS)) return "right";
    if (!covered.includes((sector - step + EVIDENCE_SECTORS) % EVIDENCE_SECTORS)) return "left";
  }
  return undefined;
}
