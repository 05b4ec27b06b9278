import type { WelderId } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import type { Person } from "../sign-in/sign-in.ts";
import { findWelderId } from "./queries.ts";

/**
 * The welder that a signed-in person is.
 * @throws AppError welder.not_registered
 */
export async function welderOf(
  ctx: Pick<AppContext, "db">,
  person: Pick<Person, "personId">,
): Promise<WelderId> {
  const welderId = await findWelderId(ctx.db, person.personId);
  if (!welderId) throw new AppError("welder.not_registered");
  return welderId;
}

export { weldersReached } from "./queries.ts";
