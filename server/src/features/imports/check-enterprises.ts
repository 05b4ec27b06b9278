import type { EnterpriseId } from "@hanyouxu/protocol";
import { registerRows } from "../register/register.ts";
import { isInScope } from "../sign-in/sign-in.ts";
import { FirstRows, type MakeChecker, type Outcome } from "./checker.ts";
import { hasUsccForm, isUsccCheckRight } from "./identifiers.ts";
import { type EnterpriseRow, selectEnterprisesByUscc } from "./queries.ts";
import type { RowReader } from "./row-reader.ts";

/** Enterprises are recognised by their unified social credit code. */
export const checkEnterprises: MakeChecker = (ctx, scope, places) => {
  const firstRows = new FirstRows();
  const rowsOf = registerRows(ctx);

  function read(row: RowReader) {
    const name = row.text("name", { isNeeded: true });
    const uscc = row.coded("uscc", hasUsccForm, "uscc_invalid", true);
    if (uscc !== undefined && !isUsccCheckRight(uscc)) row.wrong("uscc", "uscc_check");
    const industry = row.coded("industry", (text) => /^[A-T]\d{0,4}$/.test(text), "industry_invalid");
    return { name, uscc, industry };
  }

  function judge(
    row: RowReader,
    { name, uscc, industry }: ReturnType<typeof read>,
    existing: EnterpriseRow | undefined,
  ): Outcome | undefined {
    const region = places.regionOf(row, existing?.region_code);
    if (uscc !== undefined) {
      const earlier = firstRows.earlier(uscc, row.rowNumber);
      if (earlier !== undefined) return row.wrong("uscc", "duplicate_in_file", { row: earlier });
    }
    if (existing && !isInScope(scope, existing.region_code, existing.enterprise_id)) {
      return row.wrong("uscc", "out_of_scope");
    }
    if (region !== undefined && !isInScope(scope, region, existing?.enterprise_id))
      row.wrong("region", "out_of_scope");
    if (name === undefined || uscc === undefined || region === undefined) return undefined;
    if (!existing) {
      const enterpriseId = ctx.newId() as EnterpriseId;
      const enterprise = { enterpriseId, name, uscc, industry: industry ?? null, regionCode: region };
      return { fate: "insert", data: { enterprises: [rowsOf.enterprise(enterprise)] } };
    }
    // An empty cell changes nothing: what is known is not lost by a sheet that does not tell it.
    const change = { name, industry: industry ?? existing.industry, region_code: region };
    const isSame =
      change.name === existing.name &&
      change.industry === existing.industry &&
      change.region_code === existing.region_code;
    if (isSame) return { fate: "same", data: {} };
    return {
      fate: "update",
      data: { enterpriseChanges: [{ enterprise_id: existing.enterprise_id, ...change }] },
    };
  }

  return {
    async check(rows) {
      const values = rows.map(read);
      const existing = await selectEnterprisesByUscc(
        ctx.db,
        values.flatMap(({ uscc }) => uscc ?? []),
      );
      return rows.map((row, index) => judge(row, values[index]!, existing.get(values[index]!.uscc ?? "")));
    },
  };
};
