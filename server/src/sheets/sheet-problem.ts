/** Why a file cannot be read as a sheet. `details` are numbers and names of ours for the text. */
export type SheetProblemCode =
  | "damaged"
  | "unpacked_too_large"
  | "too_many_rows"
  | "encoding_unknown"
  | "empty"
  | "out_of_memory";

export class SheetProblem extends Error {
  override readonly name = "SheetProblem";
  readonly code: SheetProblemCode;
  readonly details: Record<string, string | number>;

  constructor(code: SheetProblemCode, details: Record<string, string | number> = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}
