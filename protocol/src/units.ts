/** Branded identifiers: a string of one kind is never taken for another. */
declare const brand: unique symbol;
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Base32 (lower case, RFC 4648 alphabet) of the first 10 bytes of SHA-256 over the chip's SPKI: 16 characters. */
export type ChipId = Branded<string, "ChipId">;
/** What a machine's label carries: opaque, keyed and checksummed; see machine-code.ts. */
export type MachineCode = Branded<string, "MachineCode">;

/** What the sign of a key area carries; see site-sign-code.ts. */
export type SiteSignCode = Branded<string, "SiteSignCode">;

export type MachineId = Branded<string, "MachineId">;
export type WorkSessionId = Branded<string, "WorkSessionId">;
export type WelderId = Branded<string, "WelderId">;
export type EnterpriseId = Branded<string, "EnterpriseId">;
export type DecisionId = Branded<string, "DecisionId">;
export type PersonId = Branded<string, "PersonId">;
export type KeyAreaId = Branded<string, "KeyAreaId">;
export type HotWorkPermitId = Branded<string, "HotWorkPermitId">;
export type EvidenceId = Branded<string, "EvidenceId">;

/** GB/T 2260 code: 2, 4, 6 digits, or 9 with the township level of GB/T 10114. */
export type RegionCode = Branded<string, "RegionCode">;

/** A WGS-84 place in degrees, with the radius of uncertainty. */
export interface Position {
  latitudeDegrees: number;
  longitudeDegrees: number;
  accuracyMetres: number;
}
