import type { MachineCode, MachineId } from "@hanyouxu/protocol";
import type { Kysely } from "kysely";
import type { AppContext } from "../../context.ts";
import { recordset } from "../../db/bulk.ts";
import type { Tables } from "../../db/tables.ts";
import { inserts, type RowsFrom } from "./inserts.ts";
import type { Register } from "./register.ts";
import { registerRows } from "./rows.ts";

type ImportContext = Pick<AppContext, "clock" | "random" | "newId" | "personalData">;

/** So many rows a statement: a parameter of a few hundred kilobytes. */
const ROWS_AT_ONCE = 1_000;

/** Inserts a register table by table, in the order of their references. */
export async function insertRows(
  tx: Kysely<Tables>,
  ctx: ImportContext,
  register: Register,
  codes: ReadonlyMap<MachineId, MachineCode>,
): Promise<void> {
  const rows = registerRows(ctx);
  const put = async <Item>(
    items: readonly Item[],
    rowOf: (item: Item) => object,
    insert: (tx: Kysely<Tables>, from: RowsFrom) => Promise<void>,
  ) => {
    for (let start = 0; start < items.length; start += ROWS_AT_ONCE) {
      const part = items.slice(start, start + ROWS_AT_ONCE).map(rowOf);
      await insert(tx, (columns) => recordset(part, columns));
    }
  };
  await put(register.regions, rows.region, inserts.regions);
  await put(register.enterprises, rows.enterprise, inserts.enterprises);
  await put(register.persons, rows.person, inserts.persons);
  const roles = register.persons.flatMap(({ personId, roles: held }) =>
    held.map((role) => ({ personId, role })),
  );
  await put(roles, ({ personId, role }) => rows.role(personId, role), inserts.roles);
  await put(register.fireWatches ?? [], rows.fireWatch, inserts.fireWatches);
  await put(register.welders, rows.welder, inserts.welders);
  const memberships = register.welders.flatMap(({ welderId, enterpriseIds }) =>
    enterpriseIds.map((enterpriseId) => ({ welder_id: welderId, enterprise_id: enterpriseId })),
  );
  await put(memberships, (membership) => membership, inserts.memberships);
  const certificates = register.welders.flatMap(({ welderId, certificates: held }) =>
    held.map((certificate) => ({ welderId, certificate })),
  );
  await put(
    certificates,
    ({ welderId, certificate }) => rows.certificate(welderId, certificate),
    inserts.certificates,
  );
  await put(
    register.machines,
    (machine) => rows.machine(machine, codes.get(machine.machineId)!),
    inserts.machines,
  );
}
