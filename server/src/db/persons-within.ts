import type { PersonId } from "@hanyouxu/protocol";
import { type RawBuilder, sql } from "kysely";
import { type ReachedRows, withinScope } from "./within-scope.ts";

/** A subquery of the people within reach: by a role there, by an enterprise there, or registered there as a welder. */
export function personsWithin(scope: ReachedRows): RawBuilder<PersonId> {
  if (scope.everywhere) return sql<PersonId>`(select person_id from persons)`;
  return sql<PersonId>`(
    select g.person_id from role_grants g left join enterprises e on e.enterprise_id = g.enterprise_id
    where ${withinScope(scope, "g.region_code", "g.enterprise_id")}
       or ${withinScope(scope, "e.region_code", "e.enterprise_id")}
    union
    select w.person_id from welders w left join enterprise_welders ew on ew.welder_id = w.welder_id
    where ${withinScope(scope, "w.region_code", "ew.enterprise_id")})`;
}
