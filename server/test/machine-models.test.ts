import type { ModelLookUp, ProfileContent } from "@hanyouxu/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyAuditChain } from "../src/features/audit/audit.ts";
import { seedCatalogue } from "../src/features/machine-models/machine-models.ts";
import { buildMachine } from "./county.ts";
import { engines } from "./database.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

describe.each(engines)("the catalogue of models on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    app = firms.app;
    await seedCatalogue(app.ctx);
  });
  afterAll(() => app?.close());
  const get = (who: Who | undefined, url: string) => firms.get(who, url);
  const put = (who: Who | undefined, url: string, body: object) =>
    app.call("PUT", url, { body, ...(who ? { cookie: firms.cookies[who] } : {}) });
  const lookUp = async (model: string, who: Who = "installer"): Promise<ModelLookUp> =>
    (await get(who, `/api/machine-models/lookup?model=${encodeURIComponent(model)}`)).json();
  const setModel = (machineId: string, model: string) =>
    app.ctx.db
      .updateTable("machines")
      .set({ model })
      .where("machine_id", "=", machineId as never)
      .execute();

  describe("looking a model up", () => {
    test("tells what the designation says, what the catalogue knows and how to fit the chip", async () => {
      expect(await lookUp("佳士 zx7－400")).toMatchObject({
        designation: "ZX7-400",
        maker: "佳士",
        standing: "gbt10249",
        problem: null,
        facts: {
          process: "SMAW",
          ratedCurrentAmps: 400,
          supplyPhases: 3,
          supplyVolts: [380],
          source: "desk",
        },
        profile: {
          profileKey: "inverter-stick",
          version: 1,
          changedBy: null,
          proof: { kind: "desk" },
          content: { relayPosition: "mains-input" },
        },
      });
      expect((await lookUp("ZX7-200")).profile?.profileKey).toBe("inverter-stick-small");
      expect((await lookUp("ZX7-225S")).facts).toMatchObject({ source: "parsed", supplyPhases: null });
    });

    test("tells of a maker's own designation and of one that nobody knows, without a profile", async () => {
      expect(await lookUp("KRⅡ-350")).toMatchObject({
        standing: "foreign",
        facts: { process: "GMAW", ratedCurrentAmps: 350 },
        profile: null,
      });
      expect(await lookUp("ZX7400")).toMatchObject({
        standing: "unknown",
        suggestion: "ZX7-400",
        profile: null,
        problem: { en: expect.stringContaining("hyphen") },
      });
    });

    test("is for staff, officers and installers, and asks for a model", async () => {
      for (const who of ["installer", "officer", "station", "regulator", "operator"] as const)
        expect(codeOf(await get(who, "/api/machine-models/lookup?model=NBC-350"))).toBe("200");
      expect(codeOf(await get("welder", "/api/machine-models/lookup?model=NBC-350"))).toBe(
        "403 role.forbidden",
      );
      for (const query of ["", "?model=", `?model=${"x".repeat(61)}`]) {
        const response = await get("installer", `/api/machine-models/lookup${query}`);
        expect(fieldsOf(response)).toEqual(["query.model"]);
      }
    });
  });

  describe("the share of the fleet that a profile covers", () => {
    test("counts each spelling to its model, within reach only, and lists the gaps", async () => {
      await setModel(firms.own.machine.machineId, "zx7－400");
      await setModel(firms.own.idle.machineId, "KR-350");
      const scrapped = await buildMachine(app.ctx, { enterpriseId: firms.own.enterpriseId });
      await app.ctx.db
        .updateTable("machines")
        .set({ status: "scrapped", model: "QQ-1" })
        .where("machine_id", "=", scrapped.machineId)
        .execute();
      const coverage = (who: Who) => get(who, "/api/machine-models/coverage");
      expect((await coverage("officer")).json()).toEqual({
        machines: 2,
        coveredMachines: 1,
        provenMachines: 0,
        models: 2,
        coveredModels: 1,
        gaps: [{ designation: "KR-350", standing: "foreign", machines: 1 }],
      });
      expect((await coverage("operator")).json()).toMatchObject({
        machines: 3,
        coveredMachines: 2,
        models: 2,
      });
      expect((await coverage("otherRegulator")).json()).toMatchObject({ machines: 1, gaps: [] });
      expect((await coverage("unbound")).json()).toMatchObject({ machines: 0, models: 0 });
      expect(codeOf(await coverage("installer"))).toBe("403 role.forbidden");
    });

    test("is listed by model: filtered, sorted and paged", async () => {
      const list = async (query: string, who: Who = "operator") =>
        (await get(who, `/api/machine-models?${query}`))
          .json()
          .items.map((row: { designation: string }) => row.designation);
      expect((await list("pageSize=2")).slice(0, 2)).toEqual(["ZX7-400", "KR-350"]);
      expect(await list("isCovered=false")).toEqual(["KR-350"]);
      expect(await list("isCovered=false", "otherRegulator")).toEqual([]);
      expect(await list("standing=foreign")).toEqual(["KR-350"]);
      expect(await list("process=SAW")).toEqual(["MZ-1000"]);
      expect(await list("text=wsm")).toEqual(["WSM-400"]);
      expect((await list("sort=designation&pageSize=1&page=2"))[0]).toBe("BX1-500");
      expect(codeOf(await get("welder", "/api/machine-models"))).toBe("403 role.forbidden");
      expect(fieldsOf(await get("operator", "/api/machine-models?standing=odd&sort=x"))).toEqual([
        "query.standing",
        "query.sort",
      ]);
    });
  });

  describe("a profile", () => {
    const url = "/api/adaptation-profiles/panasonic-kr";
    const content = async (): Promise<ProfileContent> => ({
      ...(await lookUp("NBC-350")).profile!.content,
      title: { zh: "演示 KR 系列", en: "Demo KR line" },
      patterns: ["KR*"],
    });
    const body = async (change: object = {}) => ({
      basedOnVersion: 0,
      content: await content(),
      proof: { kind: "desk" },
      reason: "演示补充缺口",
      ...change,
    });

    test("is written by operators and regulators who reach something", async () => {
      for (const who of ["welder", "installer", "officer", "station"] as const)
        expect(codeOf(await put(who, url, await body()))).toBe("403 role.forbidden");
      expect(codeOf(await put("unbound", url, await body()))).toBe("403 region.out_of_scope");
    });

    test("that closes a gap covers the machines from the next look on, its versions are kept and audited", async () => {
      const first = await put("regulator", url, await body());
      expect(first.json()).toMatchObject({ profileKey: "panasonic-kr", version: 1, changedBy: "演***" });
      expect((await lookUp("KRII-350")).profile?.profileKey).toBe("panasonic-kr");
      expect((await get("officer", "/api/machine-models/coverage")).json()).toMatchObject({
        coveredMachines: 2,
      });
      const proof = { kind: "proven", on: "2026-02-27", by: "演示安装队", onModel: "KR-350" };
      const second = await put("operator", url, await body({ basedOnVersion: 1, proof }));
      expect(second.json()).toMatchObject({ version: 2, proof });
      expect((await get("officer", "/api/machine-models/coverage")).json()).toMatchObject({
        provenMachines: 1,
      });
      const { versions } = (await get("installer", url)).json();
      expect(versions.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
      const audit = await app.ctx.db
        .selectFrom("audit_log")
        .select(["action", "details"])
        .where("subject", "=", "adaptation-profile:panasonic-kr")
        .orderBy("seq")
        .execute();
      expect(audit.map(({ details }) => details.version)).toEqual([1, 2]);
      expect((await verifyAuditChain(app.ctx.db)).brokenAt).toBeUndefined();
    });

    test("that somebody else has changed meanwhile is not overwritten", async () => {
      expect(codeOf(await put("operator", url, await body({ basedOnVersion: 1 })))).toBe(
        "409 profile.changed_meanwhile",
      );
      const both = await Promise.all(
        ["operator", "regulator"].map(async (who) => put(who as Who, url, await body({ basedOnVersion: 2 }))),
      );
      expect(both.map(codeOf).sort()).toEqual(["200", "409 profile.changed_meanwhile"]);
    });

    test("is refused with the field when a pattern covers everything, a step is missing or a word is", async () => {
      const good = await content();
      const wrong = [
        [{ content: { ...good, patterns: ["*"] } }, "body.content.patterns.0"],
        [{ content: { ...good, patterns: [] } }, "body.content.patterns"],
        [{ content: { ...good, steps: [] } }, "body.content.steps"],
        [{ content: { ...good, title: { zh: "演示", en: "" } } }, "body.content.title.en"],
        [{ proof: { kind: "proven" } }, "body.proof.on"],
        [{ reason: "" }, "body.reason"],
      ] as const;
      for (const [change, path] of wrong) {
        const response = await put("operator", url, await body(change));
        expect(response.statusCode).toBe(400);
        expect(fieldsOf(response)).toContain(path);
      }
      expect(codeOf(await get("operator", "/api/adaptation-profiles/none"))).toBe("404 profile.not_found");
      expect(codeOf(await get("welder", url))).toBe("403 role.forbidden");
      expect(codeOf(await get("welder", "/api/adaptation-profiles"))).toBe("403 role.forbidden");
    });

    test("delivered with the platform is put in once, and what staff have written stays", async () => {
      const before = (await get("operator", "/api/adaptation-profiles")).json().profiles;
      await Promise.all([seedCatalogue(app.ctx), seedCatalogue(app.ctx)]);
      expect((await get("operator", "/api/adaptation-profiles")).json().profiles).toEqual(before);
      for (const profile of before)
        if (profile.changedBy === null) expect(profile.proof).toEqual({ kind: "desk" });
    });
  });

  describe("what is known of a model", () => {
    const url = `/api/machine-models/facts?model=${encodeURIComponent("TPS 400i")}`;
    const facts = {
      process: "GMAW",
      ratedCurrentAmps: 400,
      supplyPhases: 3,
      supplyVolts: [380],
      plug: "three-phase-32a",
      dutyCyclePercent: 40,
      source: "measured",
      reason: "演示核对铭牌",
    };

    test("is written by editors and read by everybody who looks it up", async () => {
      for (const who of ["installer", "officer"] as const)
        expect(codeOf(await put(who, url, facts))).toBe("403 role.forbidden");
      expect(codeOf(await put("unbound", url, facts))).toBe("403 region.out_of_scope");
      expect(fieldsOf(await put("operator", url, { ...facts, dutyCyclePercent: 101 }))).toEqual([
        "body.dutyCyclePercent",
      ]);
      expect((await put("regulator", url, facts)).json().facts.source).toBe("measured");
      await put("regulator", url, { ...facts, ratedCurrentAmps: 380 });
      expect((await lookUp("tps 400I")).facts).toMatchObject({ ratedCurrentAmps: 380, dutyCyclePercent: 40 });
    });
  });
});
