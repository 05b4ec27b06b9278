import type { DepartmentRights } from "@hanyouxu/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildStaff, county } from "./county.ts";
import { engines } from "./database.ts";
import { codeOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

const nothing: DepartmentRights = {
  machines: "none",
  readings: "none",
  sessions: "none",
  decisions: "none",
  people: "none",
  enterprises: "none",
  alarms: "none",
  keyAreas: "none",
};

describe.each(engines)("what departments see of registers, lists and files on %s", (engine) => {
  let firms: TwoFirms;
  let clerk: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    const { ctx } = firms.app;
    clerk = (await buildStaff(firms.app, "regulator", { region: county, department: "education" })).cookie;
    await ctx.db
      .updateTable("enterprises")
      .set({
        contact_name_ciphertext: ctx.personalData.seal("name", "演示联系人"),
        contact_phone_ciphertext: ctx.personalData.seal("phone", "13900001234"),
      })
      .where("enterprise_id", "=", firms.own.enterpriseId)
      .execute();
  });
  afterAll(() => firms?.app.close());
  const allow = async (rights: Partial<DepartmentRights>, mayCommand = false) => {
    const name = { zh: "演示部门", en: "Demo department" };
    const body = { name, rights: { ...nothing, ...rights }, mayCommand };
    const cookie = firms.cookieOf("operator");
    const response = await firms.app.call("PUT", "/api/departments/education", { cookie, body });
    expect(response.statusCode).toBe(200);
  };
  const get = async (url: string) => await firms.app.call("GET", url, { cookie: clerk });
  const post = async (url: string, body: object = {}) =>
    await firms.app.call("POST", url, { cookie: clerk, body });
  const welder = () => `/api/welders/${firms.own.welder.welderId}`;
  const enterprise = () => `/api/enterprises/${firms.own.enterpriseId}`;

  test.each([
    ["machines", ["machine-inspections", "machine-transfers", "labels", "refused-codes", "exports/machines"]],
    ["machines", ["machine-owners", "label-batches", "imports/templates/machines"]],
    ["sessions", ["exports/work-sessions"]],
    ["people", ["welders", "certificate-reviews", "exports/welders"]],
    ["enterprises", ["enterprises", "exports/enterprises", "imports/templates/enterprises"]],
  ] as const)("rows of %s open %s, counts do not", async (group, paths) => {
    await allow({ [group]: "counts" });
    for (const path of paths) {
      const refused = await get(`/api/${path}`);
      expect([path, codeOf(refused)]).toEqual([path, "403 department.forbidden"]);
      expect(refused.json().error.details).toEqual({ group, needs: "rows" });
    }
    await allow({ [group]: "rows" });
    for (const path of paths) expect([path, (await get(`/api/${path}`)).statusCode]).toEqual([path, 200]);
  });

  test("what only counts machines opens to who may count them", async () => {
    const paths = ["machine-models", "machine-models/coverage", "retrofit/townships", "retrofit/campaigns"];
    await allow({});
    for (const path of paths) expect(codeOf(await get(`/api/${path}`))).toBe("403 department.forbidden");
    await allow({ machines: "counts" });
    for (const path of paths) expect((await get(`/api/${path}`)).statusCode).toBe(200);
    const campaign = await post("/api/retrofit/campaigns", { name: "演示活动", region: county });
    expect(codeOf(campaign)).toBe("403 department.forbidden");
  });

  test("a file of work hides names as its list does", async () => {
    await allow({ sessions: "rows" });
    const hidden = (await get("/api/exports/work-sessions?format=csv")).body;
    expect(hidden).toContain("演示一号");
    expect(hidden).not.toContain("演***");
    await allow({ sessions: "rows", people: "rows" });
    expect((await get("/api/exports/work-sessions?format=csv")).body).toContain("演***");
  });

  test("a welder is shown with work only to who may see work", async () => {
    await allow({ people: "rows" });
    expect((await get(welder())).json()).toMatchObject({ workSessions: [] });
    await allow({ people: "rows", sessions: "rows" });
    expect((await get(welder())).json().workSessions).toHaveLength(1);
  });

  test("an organisation's people are hidden whole, masked, or open to who may read them", async () => {
    await allow({ enterprises: "rows" });
    expect((await get(enterprise())).json().contact).toEqual({ name: "***", phone: "***" });
    for (const list of ["officers", "welders"]) {
      expect(codeOf(await get(`${enterprise()}/${list}`))).toBe("403 department.forbidden");
    }
    expect((await get(`${enterprise()}/contracts`)).statusCode).toBe(200);
    await allow({ enterprises: "rows", people: "rows" });
    expect((await get(enterprise())).json().contact).toEqual({ name: "演****", phone: "139****1234" });
    expect((await get(`${enterprise()}/welders`)).statusCode).toBe(200);
    expect(codeOf(await post(`${enterprise()}/contacts`))).toBe("403 department.forbidden");
    await allow({ enterprises: "rows", people: "personal" });
    expect((await post(`${enterprise()}/contacts`)).json().contact.name).toBe("演示联系人");
  });

  test("a certificate is judged and read in full by departments that may see people in full", async () => {
    const review = `/api/certificate-reviews/${nobody}`;
    const judge = async () => [
      codeOf(await post(`${review}/decision`, { revision: 1, verdict: "approve" })),
      codeOf(await post(`${review}/unmask`, { reason: "演示检查" })),
      codeOf(await get(`/api/certificates/${nobody}/photo`)),
    ];
    await allow({ people: "rows" });
    expect(codeOf(await get(review))).toBe("404 certificate.not_found");
    expect(await judge()).toEqual(Array(3).fill("403 department.forbidden"));
    await allow({ people: "personal" });
    expect(await judge()).toEqual(Array(3).fill("404 certificate.not_found"));
    const template = "/api/imports/templates/welders";
    expect((await get(template)).statusCode).toBe(200);
    await allow({ people: "rows" });
    expect(codeOf(await get(template))).toBe("403 department.forbidden");
  });

  test("a step of a machine's life is a command", async () => {
    const machine = `/api/machines/${firms.own.idle.machineId}`;
    const repair = async () =>
      codeOf(await post(`${machine}/steps`, { step: "send-to-repair", reason: "演示" }));
    await allow({ machines: "rows" });
    expect((await get(machine)).json().steps).toEqual([]);
    expect(await repair()).toBe("403 department.may_not_command");
    await allow({ machines: "rows" }, true);
    expect((await get(machine)).json().steps).toContain("send-to-repair");
    expect(await repair()).toBe("200");
  });

  test("an organisation that a department may not see is not registered or changed by it", async () => {
    await allow({ machines: "rows", people: "rows" });
    const body = { regime: "general" };
    const regime = await firms.app.call("PUT", `${enterprise()}/regime`, { cookie: clerk, body });
    expect(codeOf(regime)).toBe("403 department.forbidden");
    for (const action of ["suspend", "reactivate"]) {
      expect(codeOf(await post(`${enterprise()}/${action}`, { reason: "演示" }))).toBe(
        "403 department.forbidden",
      );
    }
  });
});
