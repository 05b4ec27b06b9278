import type { ChipId, EnterpriseId, MachineId, Position, WelderId } from "@hanyouxu/protocol";
import type { CertificateFamily } from "../certificate-family.ts";
import type { TsgNeeds } from "../certificate-law/tsg-code.ts";
import type { WorkRegime } from "../certificate-law/work-regime.ts";
import type { CivilDay } from "../civil-day.ts";
import type { ClearancePhase } from "../clearance/clearance-state.ts";
import type { Decision } from "../decide.ts";
import type { WorkTimes } from "../key-area/forbidden-time.ts";
import type { KeyAreaKind } from "../key-area/key-area-kind.ts";
import type { KeyAreaPolicy } from "../key-area/key-area-policy.ts";
import type { WeldingProcess } from "../process.ts";

export const accountStatuses = ["active", "suspended"] as const;
export type AccountStatus = (typeof accountStatuses)[number];

export const certificateStatuses = ["valid", "suspended", "revoked"] as const;
/** What its issuer or the platform said about it, whatever its dates. Only `valid` opens a machine. */
export type CertificateStatus = (typeof certificateStatuses)[number];

export const certificateVerifications = ["submitted", "verified", "rejected"] as const;
/** Whether what the person entered was found true: only a verified certificate counts. */
export type CertificateVerification = (typeof certificateVerifications)[number];

export const machineStatuses = ["registered", "fitted", "in-service", "under-repair", "scrapped"] as const;
export type MachineStatus = (typeof machineStatuses)[number];

/** A certificate without its number or its holder's name: what the rules need and no more. */
export interface CertificateFacts {
  family: CertificateFamily;
  /** See certificate-item.ts. */
  itemId: string;
  status: CertificateStatus;
  /** Absent: verified, as all were that were registered by an authority before people could enter their own. */
  verification?: CertificateVerification;
  validFromDay: CivilDay;
  validToDay: CivilDay;
  /** What the certificate's own text says about its last day; absent: as the family table has it. */
  lastDayCounts?: boolean;
  /** Day by which the next periodic review is due; null when the certificate has none. */
  reviewDueDay: CivilDay | null;
}

/** A place with the instant of its fix. */
export interface TimedPosition extends Position {
  fixedAtMs: number;
}

/** A key area in force that the machine is in, or may be in, with what it demands. */
export interface KeyAreaFacts {
  keyAreaId: string;
  /** As the area's sign says it. */
  name: string;
  kind: KeyAreaKind;
  /** Unsure: neither satellites nor a sign tell whether it is in or out. */
  state: "inside" | "unsure";
  demands: KeyAreaPolicy["demands"];
  /** The rules that work in it falls under; absent in decisions from before times were asked. */
  regime?: WorkRegime;
  /** When hot work may be done there; absent in decisions from before it was asked. */
  times?: WorkTimes;
}

/** The clearance that the welder has for the machine, as far as a start goes by it. */
export interface ClearanceFacts {
  clearanceId: string;
  keyAreaId: string;
  state: ClearancePhase;
  /** Everything that its key area demands before a start is there. */
  isReadyToStart: boolean;
  /** What the law of hot work says of the permit at this moment; absent: nobody asked, or there is no permit. */
  law?: Pick<Decision, "outcome" | "reasons">;
}

/**
 * Everything the start of a machine is decided on, and stored with the decision: JSON, instants in milliseconds
 * since 1970, ids only, no name, telephone or certificate number.
 */
export interface StartFacts {
  welder: {
    id: WelderId;
    status: AccountStatus;
    /** Member of the owning enterprise, or hired by it for this time. */
    isAuthorisedForMachine: boolean;
    /** Machines the welder holds now, this one not counted. */
    otherMachinesHeld: number;
    /** On the owner's list of welders; absent where the owner keeps none. */
    isListed?: boolean;
    /** Credit points; absent in decisions from before they were asked. */
    credit?: number;
  };
  certificates: readonly CertificateFacts[];
  /** The owner of the machine. */
  enterprise: {
    id: EnterpriseId;
    status: AccountStatus;
    /** Absent in decisions from before it was asked: general work. */
    regime?: WorkRegime;
  };
  machine: {
    id: MachineId;
    process: WeldingProcess;
    /** What its work on special equipment demands of a TSG Z6002 code; absent: the method alone. */
    tsgNeeds?: TsgNeeds;
    status: MachineStatus;
    isLocked: boolean;
    /** Last good day of the inspection; null: none is recorded; absent in facts of before there were inspections. */
    inspectionDueDay?: CivilDay | null;
    /** The welder of the open work session on it, null when free. */
    heldBy: WelderId | null;
    /** Moves from site to site; absent in decisions from before it was asked. */
    isMobile?: boolean;
    /** Where it is registered to stand; null when nobody wrote it down. */
    home?: { latitudeDegrees: number; longitudeDegrees: number } | null;
  };
  /** The welder said whose place it is; absent in decisions from before it was asked. */
  isSiteOwnerNamed?: boolean;
  chip: {
    /** Null: no chip is enrolled for the machine. */
    id: ChipId | null;
    lastHeardAtMs: number | null;
    isTampered: boolean;
    /** The fault the chip reports, null when it is well. */
    faultCode: string | null;
    position: TimedPosition | null;
  };
  /** Absent in decisions from before there were key areas. */
  keyAreas?: readonly KeyAreaFacts[];
  /** Null: none is open. */
  clearance?: ClearanceFacts | null;
  /** Where the phone says it was at the scan; null when it does not tell. */
  phonePosition: TimedPosition | null;
}
