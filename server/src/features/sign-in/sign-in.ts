/** The feature's face: what other features and `app.ts` use of signing in. */
import type { Me } from "@hanyouxu/api";
import type { AppContext } from "../../context.ts";
import { maskPhone } from "../../crypto/mask.ts";
import type { Person } from "./person.ts";
import { findPersonData } from "./queries.ts";

export { createStaff, type NewStaff } from "./create-staff.ts";
export {
  hasRole,
  isInScope,
  isWithinRegion,
  type Person,
  requirePerson,
  requireRole,
  requireScope,
  type Scope,
  scopeOf,
} from "./person.ts";
export { codeValidMinutes } from "./phone-code.ts";

/** What a person is told about himself: his name in full, his phone masked. */
export async function describeMe(ctx: Pick<AppContext, "db" | "personalData">, person: Person): Promise<Me> {
  const stored = await findPersonData(ctx.db, person.personId);
  const { personalData } = ctx;
  return {
    personId: person.personId,
    name: personalData.open("name", stored.name_ciphertext),
    phone:
      stored.phone_ciphertext === null
        ? null
        : maskPhone(personalData.open("phone", stored.phone_ciphertext)),
    roles: [...person.roles],
  };
}
