import { buildEnterprise, buildRegion, buildStaff, county, otherCounty, township } from "./county.ts";
import type { Engine } from "./database.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { identityNumber, type RowOf } from "./sheets.ts";

/** Of the one enterprise that is there; its check character is right. */
export const uscc = "91350100M000100Y43";

/** Two counties; in the first an enterprise with its officer, and a regulator. */
export async function withImports(engine: Engine): Promise<{
  app: TestPlatform;
  regulator: { personId: string; cookie: string };
  /** The officer's cookie. */
  officer: string;
}> {
  const app = await withPlatform(engine);
  await buildRegion(app.ctx, county);
  await buildRegion(app.ctx, otherCounty);
  const ownId = await buildEnterprise(app.ctx, { name: "演示甲厂" });
  await app.ctx.db.updateTable("enterprises").set({ uscc }).where("enterprise_id", "=", ownId).execute();
  const regulator = await buildStaff(app, "regulator", { region: county });
  const officer = (await buildStaff(app, "enterprise-officer", { enterpriseId: ownId })).cookie;
  return { app, regulator, officer };
}

/** A row of a welder with a certificate, all of it good. */
export function welder(n: number, more: RowOf = {}): RowOf {
  return {
    name: `演示焊工${n}`,
    identityNumber: identityNumber(n),
    phone: `139${String(n).padStart(8, "0")}`,
    region: township,
    enterpriseUscc: uscc,
    family: "应急管理",
    item: "熔化焊接与热切割作业",
    certificateNumber: `T${identityNumber(n)}`,
    validFrom: "2025-01-01",
    validTo: "2030-12-31",
    ...more,
  };
}
