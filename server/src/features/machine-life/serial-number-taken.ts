import { bilingual } from "@hanyouxu/api";
import { isUniqueViolation } from "../../db/sql-errors.ts";
import { AppError, messageOf } from "../../errors.ts";

const CODE = "machine.serial_number_taken";

/**
 * Waits for what writes a machine: within an enterprise a serial number is one machine's.
 * @param field where the person wrote the number, if it was written just now
 * @throws AppError machine.serial_number_taken
 */
export async function refuseTakenSerialNumber<Result>(
  written: Promise<Result>,
  field?: string,
): Promise<Result> {
  try {
    return await written;
  } catch (cause) {
    if (!isUniqueViolation(cause, "machines_serial_number")) throw cause;
    const message = bilingual(messageOf(CODE, "zh-CN"), messageOf(CODE, "en"));
    throw new AppError(CODE, {
      cause,
      ...(field === undefined ? {} : { fields: [{ path: field, message }] }),
    });
  }
}
