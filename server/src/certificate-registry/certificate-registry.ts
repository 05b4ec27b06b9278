/** What a registry is asked: does this certificate exist as the person says, and is it his? */
export interface RegistryQuestion {
  family: string;
  number: string;
  item: string;
  name: string;
  identityNumber: string;
  validFrom: string;
  validTo: string;
  reviewDueOn: string | null;
}

export type RegistryOutcome = "valid" | "not-found" | "mismatch" | "revoked" | "expired";

export interface RegistryAnswer {
  outcome: RegistryOutcome;
  /** For `mismatch`: which of the question's fields the registry has otherwise. It does not say how. */
  differs: readonly string[];
}

/** An official register of certificates that can be asked by machine. */
export interface CertificateRegistry {
  /** False where no registry was configured: every certificate then goes to people. */
  readonly isConfigured: boolean;
  /** @throws Unreachable when no answer is to be had now */
  check(question: RegistryQuestion): Promise<RegistryAnswer>;
}
