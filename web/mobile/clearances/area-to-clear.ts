import type { Reason } from "@hanyouxu/api";

export interface NamedArea {
  keyAreaId: string;
  name: string;
}

/** The key area that a start wants a clearance for, as the rule names it; undefined where no rule does. */
export function areaToClear(reasons: readonly Reason[]): NamedArea | undefined {
  return areaAtStep(reasons, "clearance");
}

/** The key area of which nobody knows whether the machine is in it; undefined where that is no question. */
export function areaInDoubt(reasons: readonly Reason[]): NamedArea | undefined {
  return areaAtStep(reasons, "site-sign");
}

function areaAtStep(reasons: readonly Reason[], stepId: string): NamedArea | undefined {
  const data = reasons.find(({ step }) => step?.id === stepId)?.data;
  return typeof data?.keyAreaId === "string" && typeof data.name === "string"
    ? { keyAreaId: data.keyAreaId, name: data.name }
    : undefined;
}
