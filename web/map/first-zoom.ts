/** The configured zoom is for a full-HD screen; a smaller one shows the same ground. */
export function firstZoom(configured: number): number {
  return configured + Math.min(0, Math.log2(Math.min(innerWidth / 1_920, innerHeight / 1_080)));
}
