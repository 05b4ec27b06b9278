import { useLocation } from "react-router";
import type { WorkFor } from "../machine/site-owner-choice.tsx";

/** Where a scanned sign has said that the machine is. */
export interface SignedSpot {
  keyAreaId: string;
  name: string;
  floor: string | null;
}

/** What goes with the welder from a machine's page to the sign and back. */
export interface AskedSign {
  workFor: WorkFor;
  spot?: SignedSpot;
  /** The welder has just said that the start goes on; taken off at once, so that a reload starts nothing. */
  goesOn?: boolean;
}

export function useAskedSign(): AskedSign {
  return (useLocation().state as AskedSign | null) ?? { workFor: {} };
}
