import type { EnterpriseDomain, EnterpriseType, KeyAreaKind, Machine } from "@hanyouxu/api";
import type { EnterpriseId, MachineId, PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";

export type WeldingProcess = Machine["process"];
export type CertificateFamily = "emergency" | "construction" | "special-equipment";

/** A WGS-84 place in degrees. */
export interface Place {
  latitudeDegrees: number;
  longitudeDegrees: number;
}

export interface Township extends Place {
  /** Nine digits: GB/T 2260 county and GB/T 10114 township. */
  code: RegionCode;
  name: string;
  /** A circle of this radius lies inside the county. */
  radiusMetres: number;
  /** Share of the county's enterprises, relative to the others. */
  weight: number;
}

export interface DemoOfficer {
  personId: PersonId;
  name: string;
  phone: string;
}

export interface DemoEnterprise extends Place {
  enterpriseId: EnterpriseId;
  name: string;
  /** Unified social credit code: the check digits are right, the body reads DEM0. */
  uscc: string;
  /** A division of GB/T 4754. */
  industry: string;
  domain: EnterpriseDomain;
  townshipCode: RegionCode;
  officer: DemoOfficer;
}

/** Looks after hot work at a site owner's place. */
export interface DemoFireWatch extends DemoOfficer {
  enterpriseId: EnterpriseId;
  /** `YYYY-MM-DD`, days of Asia/Shanghai. */
  trainedOn: string;
  trainedTo: string;
}

/** Has welding done at its place and owns no machine. */
export interface DemoSiteOwner extends DemoEnterprise {
  type: EnterpriseType;
}

/** A place where a start demands more. */
export interface DemoKeyArea {
  kind: KeyAreaKind;
  name: string;
  townshipCode: RegionCode;
  siteOwnerId: EnterpriseId | null;
  centre: Place;
  /** Half the side of a square, or the radius of a round one. */
  halfMetres: number;
  isRound: boolean;
}

export interface DemoCertificate {
  family: CertificateFamily;
  /** An item of the rules' certificate table. */
  item: string;
  number: string;
  /** `YYYY-MM-DD`, days of Asia/Shanghai. */
  validFrom: string;
  validTo: string;
  reviewDueOn: string | null;
  status: "valid" | "suspended" | "revoked";
}

/** What a welder's papers are like, seen at the day for which the county was made. */
export type WelderProfile =
  | "certified"
  | "uncertified"
  | "expired"
  | "review-overdue"
  | "wrong-process"
  | "revoked";

export interface DemoWelder {
  personId: PersonId;
  welderId: WelderId;
  name: string;
  phone: string;
  /** GB 11643 number of region 330723 with a right check digit and a birthday before 1900: nobody's. */
  identityNumber: string;
  townshipCode: RegionCode;
  /** Enterprises whose machines the welder may open; empty for a stray. */
  enterpriseIds: EnterpriseId[];
  profile: WelderProfile;
  certificates: DemoCertificate[];
}

export interface DemoMachine {
  machineId: MachineId;
  name: string;
  /** Model designation of GB/T 10249. */
  model: string;
  process: WeldingProcess;
  isMobile: boolean;
  enterpriseId: EnterpriseId;
  townshipCode: RegionCode;
  home: Place;
}

/** Somebody a person who tries the demonstration can sign in as. Passwords are never part of the data. */
export interface DemoAccount {
  personId: PersonId;
  role:
    | "welder"
    | "enterprise-officer"
    | "station-staff"
    | "regulator"
    | "installer"
    | "operator"
    | "fire-watch";
  name: string;
  /** For who signs in by phone. */
  phone: string | null;
  /** For staff. */
  username: string | null;
  region: RegionCode | null;
  enterpriseId: EnterpriseId | null;
  /** What the account is good for in a tour. */
  note: { zh: string; en: string };
}

/** The people and machines that tours and end-to-end tests name; each plays one part. */
export interface Cast {
  welders: Record<WelderProfile, WelderId>;
  machines: {
    /** Stick welder, nothing special. */
    ordinary: MachineId;
    /** Another one of the same enterprise. */
    second: MachineId;
    /** Spot welder: no fusion certificate covers it. */
    spotWelder: MachineId;
    /** Its chip will be cut off the machine. */
    tampered: MachineId;
    locked: MachineId;
    /** Kilometres from where its welder scans. */
    distant: MachineId;
    /** Owned by an enterprise that employs none of the cast. */
    foreign: MachineId;
    /** In service, chip never online. */
    offline: MachineId;
    mobile: MachineId;
  };
}

export interface County {
  seed: number;
  /** The Shanghai day that "expired" and "valid" refer to. */
  onDay: string;
  code: RegionCode;
  name: string;
  townships: Township[];
  enterprises: DemoEnterprise[];
  /** Near mobile machines; the first beside the cast's. */
  siteOwners: DemoSiteOwner[];
  /** One for each of them. */
  fireWatches: DemoFireWatch[];
  keyAreas: DemoKeyArea[];
  welders: DemoWelder[];
  /** The cast first, then shuffled: any first N are a fair sample of the county. */
  machines: DemoMachine[];
  demoAccounts: DemoAccount[];
  cast: Cast;
}
