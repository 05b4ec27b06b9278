import type { SiteChoice } from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { replayStart } from "../src/features/decisions/decisions.ts";
import {
  type BuiltMachine,
  type BuiltWelder,
  buildEnterprise,
  buildMachine,
  buildWelder,
  here,
  type NewMachine,
  township,
} from "./county.ts";
import { engines } from "./database.ts";
import { firmsAndStaff } from "./firms-and-staff.ts";
import { type TestPlatform, withPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody } from "./two-firms.ts";

/** So many metres north of where machines stand at home. */
const north = (metres: number) => ({ ...here, latitudeDegrees: here.latitudeDegrees + metres / 111_195 });

describe.each(engines)("owner, contractor and site owner of a session on %s", (engine) => {
  let app: TestPlatform;
  let firms: Awaited<ReturnType<typeof firmsAndStaff>>;
  let owner: EnterpriseId;
  let welder: BuiltWelder;
  let site: EnterpriseId;
  let siteOfficer: { personId: string; cookie: string };
  let names = 0;
  beforeAll(async () => {
    app = await withPlatform(engine);
    firms = await firmsAndStaff(app);
  });
  afterAll(() => app?.close());
  beforeEach(async () => {
    app.clock.advance(60_000);
    await app.ctx.db.updateTable("enterprises").set({ is_site_owner: false, is_welding: true }).execute();
    owner = await buildEnterprise(app.ctx, { name: "演示机主" });
    welder = await buildWelder(app, { enterprises: [owner] });
    site = await newSite(120);
    siteOfficer = await app.signInAs("enterprise-officer", { enterpriseId: site });
  });
  const call: typeof firms.call = (...args) => firms.call(...args);

  async function newSite(metres: number, status: "active" | "suspended" = "active") {
    const enterpriseId = await buildEnterprise(app.ctx, { name: `演示医院${++names}`, status });
    const { latitudeDegrees, longitudeDegrees } = north(metres);
    await app.ctx.db
      .updateTable("enterprises")
      .set({
        is_site_owner: true,
        is_welding: false,
        latitude_degrees: latitudeDegrees,
        longitude_degrees: longitudeDegrees,
        address: "演示路",
      })
      .where("enterprise_id", "=", enterpriseId)
      .execute();
    return enterpriseId;
  }
  const newMachine = async (machine: Partial<NewMachine> = {}) => {
    const built = await buildMachine(app.ctx, { enterpriseId: owner, isMobile: true, ...machine });
    await app.bringOnline(built.chip);
    return built;
  };
  const start = async (
    machine: BuiltMachine,
    more: {
      site?: SiteChoice;
      contractorEnterpriseId?: string;
      position?: object;
      idempotencyKey?: string;
    } = {},
    who: BuiltWelder = welder,
  ) =>
    (
      await call(who, "POST", "/api/work-sessions", {
        machineCode: machine.machineCode,
        position: here,
        idempotencyKey: app.ctx.newId(),
        ...more,
      })
    ).json();
  const named = (enterpriseId: EnterpriseId = site): SiteChoice => ({ kind: "named", enterpriseId });
  const ask = async (machine: BuiltMachine, position: object | null = here, who: BuiltWelder = welder) =>
    await call(who, "POST", `/api/machine-codes/${machine.machineCode}/site-question`, { position });
  const setPolicy = async (values: object) =>
    await app.ctx.db
      .insertInto("policies")
      .values({
        region_code: township,
        version: Math.floor(app.clock.nowMs() / 1000),
        effective_from: new Date(app.clock.nowMs()),
        values: JSON.stringify(values),
        changed_by: "test",
      })
      .execute();

  describe("the phone asks", () => {
    test("at a mobile machine: the nearest active site owners, and no others", async () => {
      const machine = await newMachine();
      const near = await newSite(40);
      await newSite(620);
      await newSite(20, "suspended");
      expect((await ask(machine)).json()).toEqual({
        isAsked: true,
        isRequired: false,
        nearby: [
          { enterpriseId: near, name: `演示医院${names - 2}`, address: "演示路", distanceMetres: 40 },
          { enterpriseId: site, name: `演示医院${names - 3}`, address: "演示路", distanceMetres: 120 },
        ],
        firms: [{ enterpriseId: owner, name: "演示机主" }],
      });
    });

    test("nobody at home, and away from home by the region's distance", async () => {
      const machine = await newMachine({ isMobile: false });
      expect((await ask(machine)).json()).toMatchObject({ isAsked: false, nearby: [] });
      expect((await ask(machine, north(300))).json()).toMatchObject({ isAsked: false });
      expect((await ask(machine, north(310))).json()).toMatchObject({ isAsked: true });
      expect((await ask(machine, null)).json()).toMatchObject({ isAsked: false });
    });

    test("welders only, about machines of the platform", async () => {
      const machine = await newMachine();
      const url = `/api/machine-codes/${machine.machineCode}/site-question`;
      expect(codeOf(await call("officer", "POST", url, { position: here }))).toBe("403 role.forbidden");
      const wrong = await call(welder, "POST", url, { position: { ...here, latitudeDegrees: 99 } });
      expect(fieldsOf(wrong)).toEqual(["body.position.latitudeDegrees"]);
      const forged = `${machine.machineCode.slice(0, 15)}${machine.machineCode.endsWith("0") ? "1" : "0"}`;
      const unknown = await call(welder, "POST", `/api/machine-codes/${forged}/site-question`, {
        position: here,
      });
      expect([400, 404]).toContain(unknown.statusCode);
    });
  });

  describe("a start", () => {
    test("at home is at the owner's place, by its only firm, without a question", async () => {
      const { workSession } = await start(await newMachine({ isMobile: false }));
      expect(workSession).toMatchObject({
        enterpriseId: owner,
        contractorEnterpriseId: owner,
        siteOwnerEnterpriseId: owner,
        siteOwnerState: "own",
      });
    });

    test("keeps the site owner that the welder names", async () => {
      const { workSession } = await start(await newMachine(), { site: named() });
      expect(workSession).toMatchObject({
        enterpriseName: "演示机主",
        contractorName: "演示机主",
        siteOwnerEnterpriseId: site,
        siteOwnerName: `演示医院${names}`,
        siteOwnerState: "named",
      });
    });

    test.each([
      ["says that nobody knows", { kind: "unknown" }, "unknown"],
      ["says that it is his own firm's", { kind: "own" }, "own"],
      ["says nothing, as old phones do", undefined, "unknown"],
      ["names one that is not there", { kind: "named", enterpriseId: nobody }, "unknown"],
    ] as const)("goes through whatever he says: he %s", async (_name, said, state) => {
      const answer = await start(await newMachine(), said ? { site: said } : {});
      expect(answer).toMatchObject({ outcome: "grant", workSession: { siteOwnerState: state } });
      expect(answer.workSession.siteOwnerEnterpriseId).toBe(state === "own" ? owner : null);
    });

    test("does not take a suspended site owner, nor a firm that has no welding done", async () => {
      const suspended = await newSite(50, "suspended");
      const welding = await buildEnterprise(app.ctx);
      for (const enterpriseId of [suspended, welding]) {
        const { workSession } = await start(
          await newMachine(),
          { site: named(enterpriseId) },
          await buildWelder(app, { enterprises: [owner] }),
        );
        expect(workSession).toMatchObject({ siteOwnerState: "unknown", siteOwnerEnterpriseId: null });
      }
    });

    test("repeated with another answer is the same session with the first", async () => {
      const machine = await newMachine();
      const idempotencyKey = app.ctx.newId();
      const first = await start(machine, { site: named(), idempotencyKey });
      const again = await start(machine, { site: { kind: "unknown" }, idempotencyKey });
      expect(again.workSession).toMatchObject({
        workSessionId: first.workSession.workSessionId,
        siteOwnerState: "named",
      });
    });

    test("by a welder of several firms is for the one he says, else for the machine's owner, never for a stranger", async () => {
      const second = await buildEnterprise(app.ctx);
      const both = await buildWelder(app, { enterprises: [owner, second] });
      const contractor = async (contractorEnterpriseId?: string) => {
        const { workSession } = await start(
          await newMachine({ isMobile: false }),
          contractorEnterpriseId ? { contractorEnterpriseId } : {},
          await buildWelder(app, { enterprises: [owner, second] }),
        );
        return workSession.contractorEnterpriseId;
      };
      expect((await ask(await newMachine(), here, both)).json().firms).toHaveLength(2);
      expect(await contractor(second)).toBe(second);
      expect(await contractor()).toBe(owner);
      expect(await contractor(firms.foreign)).toBe(owner);
    });

    test.each([
      [{ site: { kind: "somewhere" } }, "body.site.kind"],
      [{ site: { kind: "named", enterpriseId: "1" } }, "body.site.enterpriseId"],
      [{ contractorEnterpriseId: "1" }, "body.contractorEnterpriseId"],
    ])("with %j is told that %s is wrong", async (body, path) => {
      const machine = await newMachine();
      const response = await call(welder, "POST", "/api/work-sessions", {
        machineCode: machine.machineCode,
        position: here,
        idempotencyKey: app.ctx.newId(),
        ...body,
      });
      expect([response.statusCode, ...fieldsOf(response)]).toEqual([400, path]);
    });

    test("waits for an answer where the region demands one, and for nothing else", async () => {
      await setPolicy({ unnamedSiteOwner: "require" });
      const machine = await newMachine();
      expect((await ask(machine)).json()).toMatchObject({ isAsked: true, isRequired: true });
      for (const said of [{}, { site: { kind: "unknown" } as const }]) {
        const required = await start(machine, said);
        expect(required).toMatchObject({ outcome: "require", reasons: [{ ruleId: "site-owner-named" }] });
        const decision = await app.ctx.db
          .selectFrom("decisions")
          .selectAll()
          .where("decision_id", "=", required.decisionId)
          .executeTakeFirstOrThrow();
        expect(replayStart(decision, decision.decided_at.getTime())).toEqual({
          isSame: true,
          outcome: "require",
        });
      }
      expect((await start(machine, { site: named() })).outcome).toBe("grant");
      expect((await start(await newMachine({ isMobile: false }))).outcome).toBe("grant");
      app.clock.advance(1_000);
      await setPolicy({});
    });
  });

  describe("the site owner's officer", () => {
    const urlOf = (workSessionId: string) => `/api/work-sessions/${workSessionId}/site-owner`;
    const namedSession = async () => {
      const by = await buildWelder(app, { enterprises: [owner] });
      return (await start(await newMachine(), { site: named() }, by)).workSession.workSessionId as string;
    };
    const listed = async (who: Parameters<typeof call>[0], query: string) =>
      (await call(who, "GET", `/api/work-sessions?${query}`))
        .json()
        .items.map(({ workSessionId }: { workSessionId: string }) => workSessionId);

    test("sees what waits for his answer and nothing of other places", async () => {
      const id = await namedSession();
      await start(await newMachine(), {}, await buildWelder(app, { enterprises: [owner] }));
      expect(await listed(siteOfficer, "siteOwnerState=named")).toEqual([id]);
      expect(await listed(siteOfficer, "")).toEqual([id]);
      expect(codeOf(await call(siteOfficer, "GET", `/api/work-sessions/${id}`))).toBe("200");
      expect(codeOf(await call("otherOfficer", "GET", `/api/work-sessions/${id}`))).toBe(
        "403 region.out_of_scope",
      );
    });

    test("confirms once, audited", async () => {
      const id = await namedSession();
      const answer = await call(siteOfficer, "POST", urlOf(id), { isConfirmed: true });
      expect(answer.json()).toMatchObject({ siteOwnerState: "confirmed", siteOwnerReason: null });
      expect(codeOf(await call(siteOfficer, "POST", urlOf(id), { isConfirmed: true }))).toBe(
        "409 site_owner.not_named",
      );
      const audit = await app.ctx.db
        .selectFrom("audit_log")
        .select(["actor", "action", "details"])
        .where("subject", "=", `work_session:${id}`)
        .orderBy("seq")
        .execute();
      expect(audit).toEqual([
        {
          actor: siteOfficer.personId,
          action: "site_owner.confirmed",
          details: { enterpriseId: site, reason: "" },
        },
      ]);
    });

    test("disputes with a reason, which the regulator sees", async () => {
      const id = await namedSession();
      const silent = await call(siteOfficer, "POST", urlOf(id), { isConfirmed: false });
      expect([silent.statusCode, ...fieldsOf(silent)]).toEqual([400, "body.reason"]);
      await call(siteOfficer, "POST", urlOf(id), { isConfirmed: false, reason: "不在我院作业" });
      expect(await listed("regulator", "siteOwnerState=disputed")).toContain(id);
      expect((await call("regulator", "GET", `/api/work-sessions/${id}`)).json()).toMatchObject({
        siteOwnerState: "disputed",
        siteOwnerReason: "不在我院作业",
      });
      expect(await listed(siteOfficer, "siteOwnerState=named")).toEqual([]);
    });

    test("is the only one who answers, and only where he was named", async () => {
      const id = await namedSession();
      const ownerOfficer = await app.signInAs("enterprise-officer", { enterpriseId: owner });
      for (const who of ["otherOfficer", ownerOfficer] as const)
        expect(codeOf(await call(who, "POST", urlOf(id), { isConfirmed: true }))).toBe(
          "403 region.out_of_scope",
        );
      for (const who of ["regulator", "operator", welder] as const)
        expect(codeOf(await call(who, "POST", urlOf(id), { isConfirmed: true }))).toBe("403 role.forbidden");
      expect(codeOf(await call(siteOfficer, "POST", urlOf(nobody), { isConfirmed: true }))).toBe(
        "404 work_session.not_found",
      );
      const home = await start(await newMachine({ isMobile: false }));
      expect(
        codeOf(
          await call(ownerOfficer, "POST", urlOf(home.workSession.workSessionId), { isConfirmed: true }),
        ),
      ).toBe("409 site_owner.not_named");
    });

    test("lists filter by each of the three firms", async () => {
      const id = await namedSession();
      for (const query of [
        `enterpriseId=${owner}`,
        `contractorEnterpriseId=${owner}`,
        `siteOwnerEnterpriseId=${site}`,
        `text=${encodeURIComponent(`演示医院${names}`)}`,
      ]) {
        expect(await listed("regulator", query)).toEqual([id]);
        expect(await listed("otherRegulator", query)).toEqual([]);
      }
      expect(await listed("regulator", `siteOwnerEnterpriseId=${owner}`)).toEqual([]);
      for (const [query, field] of [
        ["siteOwnerState=x", "query.siteOwnerState"],
        ["siteOwnerEnterpriseId=1", "query.siteOwnerEnterpriseId"],
        ["contractorEnterpriseId=1", "query.contractorEnterpriseId"],
      ] as const) {
        expect(fieldsOf(await call("regulator", "GET", `/api/work-sessions?${query}`))).toEqual([field]);
      }
    });
  });
});
