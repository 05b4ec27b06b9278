import type { FieldGroup, StatisticsMeasure } from "@hanyouxu/api";
import type { PersonId, RegionCode } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { personOfId } from "../sign-in/sign-in.ts";
import { measures, STATISTICS_ROLES, seesCountsIn } from "../statistics/statistics.ts";
import { selectStaffOver } from "./queries.ts";

/** What has to be seen as counts to read of some measures. */
export const needsOf = (keys: readonly StatisticsMeasure[]): FieldGroup[] => [
  ...new Set(keys.flatMap((key) => measures[key].needs)),
];

/** Staff who see the counts of some measures in all of a region, names masked. */
export async function readersOver(
  ctx: Pick<AppContext, "db" | "personalData">,
  region: RegionCode | null,
  keys: readonly StatisticsMeasure[],
): Promise<{ personId: PersonId; name: string }[]> {
  const staff = await selectStaffOver(ctx.db, region, STATISTICS_ROLES);
  const reading = await whoSees(
    ctx,
    staff.map(({ person_id }) => person_id),
    region,
    needsOf(keys),
  );
  return staff
    .filter(({ person_id }) => reading.includes(person_id))
    .map(({ person_id, name_ciphertext }) => ({
      personId: person_id,
      name: maskName(ctx.personalData.open("name", name_ciphertext)),
    }));
}

/** Of some people those who see counts of some groups in a region now. */
export async function whoSees(
  ctx: Pick<AppContext, "db">,
  personIds: readonly PersonId[],
  region: RegionCode | null,
  groups: readonly FieldGroup[],
): Promise<PersonId[]> {
  const seeing: PersonId[] = [];
  for (const personId of new Set(personIds)) {
    const person = await personOfId(ctx, personId);
    if (person && seesCountsIn(person, groups, region)) seeing.push(personId);
  }
  return seeing;
}
