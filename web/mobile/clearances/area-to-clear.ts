import type { Reason } from "@hanyouxu/api";

/** The key area that a start wants a clearance for, as the rule names it; undefined where no rule does. */
export function areaToClear(reasons: readonly Reason[]): { keyAreaId: string; name: string } | undefined {
  const data = reasons.find(({ step }) => step?.id === "clearance")?.data;
  return typeof data?.keyAreaId === "string" && typeof data.name === "string"
    ? { keyAreaId: data.keyAreaId, name: data.name }
    : undefined;
}
