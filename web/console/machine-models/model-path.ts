/** The page of a model. */
export function modelPath(designation: string): string {
  return `/machine-models/${encodeURIComponent(designation)}`;
}
