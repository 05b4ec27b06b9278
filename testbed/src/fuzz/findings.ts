/** What the fuzz saw: how much was tried, and everything that must not happen. */
export class Findings {
  readonly tried: Record<string, number> = {};
  readonly violations: string[] = [];
  /** More of the same adds nothing. */
  static readonly kept = 50;

  count(what: string): void {
    this.tried[what] = (this.tried[what] ?? 0) + 1;
  }

  violation(text: string): void {
    if (this.violations.length < Findings.kept) this.violations.push(text.slice(0, 2_000));
  }
}
