/** The database refused a statement; `code` is SQLSTATE, the same on both engines. */
export interface SqlError extends Error {
  code: string;
  constraint?: string;
  table?: string;
  column?: string;
  detail?: string;
}

/** SQLSTATE 23505, of one constraint or of any. */
export function isUniqueViolation(error: unknown, constraint?: string): error is SqlError {
  return hasSqlState(error, "23505") && (constraint === undefined || error.constraint === constraint);
}

/** SQLSTATE 23503. */
export function isForeignKeyViolation(error: unknown, constraint?: string): error is SqlError {
  return hasSqlState(error, "23503") && (constraint === undefined || error.constraint === constraint);
}

/** SQLSTATE 23502, of one column of a table. */
export function isMissingValue(error: unknown, table: string, column: string): error is SqlError {
  return hasSqlState(error, "23502") && error.table === table && error.column === column;
}

function hasSqlState(error: unknown, code: string): error is SqlError {
  return error instanceof Error && "code" in error && error.code === code;
}
