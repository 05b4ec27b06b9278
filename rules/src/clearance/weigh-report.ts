/** What a program said about a scene, as far as it matters for what becomes of it. */
export interface WeighedReport {
  verdict: "pass" | "fail" | "refer";
  findings: readonly { isUnsure: boolean }[];
  /** Whether it has looked at every picture and film that was shown. */
  hasSeenAll: boolean;
}

/**
 * What becomes of a program's report: a verdict that counts, or a proposal that staff decide about. Whatever is doubtful
 * goes to staff, and nothing but a plain pass of everything that was shown can pass.
 * @param mayDecideAlone what the region's policy says of this checker
 */
export function weighReport(
  { verdict, findings, hasSeenAll }: WeighedReport,
  mayDecideAlone: boolean,
): "pass" | "fail" | "to-staff" {
  if (!mayDecideAlone || verdict === "refer" || findings.some(({ isUnsure }) => isUnsure)) return "to-staff";
  if (verdict === "fail") return findings.length > 0 ? "fail" : "to-staff";
  return findings.length === 0 && hasSeenAll ? "pass" : "to-staff";
}
