import type { EnterpriseBody, Role } from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import type { InjectOptions } from "fastify";
import { buildEnterprise, buildRegion, buildStaff, county, otherCounty, township } from "./county.ts";
import type { TestPlatform } from "./platform.ts";

/** A right code with the check character of GB 32100; the body is the standard's own example. */
export const rightUscc = "91350100M000100Y43";

/** What a person fills in, complete and right. */
export const goodBody: EnterpriseBody = {
  name: "演示新厂",
  uscc: null,
  roles: ["welding"],
  type: "limited-company",
  domain: "industry",
  industry: "C33",
  staffCount: 12,
  region: township,
  place: { latitudeDegrees: 28.9, longitudeDegrees: 119.8 },
  address: "演示路 1 号",
  contact: { name: "演示联系人", phone: "13900001234" },
};

/** Two firms in two counties with an officer each, and staff of the counties. */
export async function firmsAndStaff(app: TestPlatform) {
  await buildRegion(app.ctx, county);
  await buildRegion(app.ctx, township, county);
  await buildRegion(app.ctx, otherCounty);
  const own = await buildEnterprise(app.ctx, { name: "演示甲厂" });
  const foreign = await buildEnterprise(app.ctx, { name: "演示乙厂", region: otherCounty });
  const staff = async (role: Role, reach: { region?: typeof county; enterpriseId?: EnterpriseId } = {}) =>
    await buildStaff(app, role, reach);
  const people = {
    operator: await staff("operator"),
    regulator: await staff("regulator", { region: county }),
    otherRegulator: await staff("regulator", { region: otherCounty }),
    station: await staff("station-staff", { region: township }),
    installer: await staff("installer", { region: county }),
    officer: await staff("enterprise-officer", { enterpriseId: own }),
    otherOfficer: await staff("enterprise-officer", { enterpriseId: foreign }),
  };
  type Who = keyof typeof people | { cookie: string } | undefined;
  const call = (who: Who, method: InjectOptions["method"], url: string, body?: object) => {
    const cookie = typeof who === "string" ? people[who].cookie : who?.cookie;
    return app.call(method, url, {
      ...(cookie === undefined ? {} : { cookie }),
      ...(body ? { body } : {}),
    });
  };
  return { own, foreign, people, call };
}
