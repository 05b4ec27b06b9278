import type { RegionCode } from "@hanyouxu/protocol";
import readXlsxFile from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildRegion, buildStaff, county, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

/** The county's 18 townships. */
const townships = Array.from({ length: 18 }, (_, index) => `${county}${100 + index}` as RegionCode);
const chipId = (index: number) =>
  `${index.toString(2).replaceAll("0", "a").replaceAll("1", "b").padStart(16, "c")}`;

describe.each(engines)("retrofit campaigns on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  let clerk: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    ({ app } = firms);
    for (const township of townships) await buildRegion(app.ctx, township);
    clerk = (await buildStaff(app, "regulator", { region: townships[3]! })).cookie;
  });
  afterAll(() => app?.close());

  const newCampaign = async (targets: readonly RegionCode[] = townships) => {
    const made = await firms.post("regulator", "/api/retrofit/campaigns", {
      name: "演示首批加芯",
      region: county,
      targets: targets.map((region) => ({ region, machineCount: 30 })),
    });
    expect(made.statusCode).toBe(201);
    return made.json().campaignId as string;
  };
  const urlOf = (campaignId: string, part = "") => `/api/retrofit/campaigns/${campaignId}${part}`;
  const move = (campaignId: string, body: object) =>
    firms.post("regulator", urlOf(campaignId, "/movements"), body);
  const figures = async (campaignId: string) => (await firms.get("regulator", urlOf(campaignId))).json();

  test("500 chips over 18 townships show their progress, and the export holds the same numbers", async () => {
    const campaignId = await newCampaign();
    await move(campaignId, { kind: "receive", quantity: 500, box: "演示箱 1-10", note: "首批" });
    for (const [index, region] of townships.entries()) {
      const quantity = index < 14 ? 28 : 27;
      expect(codeOf(await move(campaignId, { kind: "allocate", region, quantity }))).toBe("201");
    }
    expect((await figures(campaignId)).inStore).toBe(0);
    await fit(campaignId);
    expect(codeOf(await move(campaignId, { kind: "return", region: townships[17], quantity: 5 }))).toBe(
      "201",
    );
    expect(codeOf(await move(campaignId, { kind: "defective", region: townships[0], quantity: 2 }))).toBe(
      "201",
    );

    const campaign = await figures(campaignId);
    expect(campaign.townships).toHaveLength(18);
    expect(campaign).toMatchObject({ received: 500, inStore: 5 });
    expect(campaign.totals).toEqual({
      targetMachines: 540,
      allocated: 500,
      inStock: 500 - 171 - 5 - 2,
      started: 171,
      fitted: 153,
      tested: 153,
      failed: 18,
      returned: 5,
      defective: 2,
    });
    // Township n (from 0) has n begun and fitted, and one whose newest test failed.
    expect(campaign.townships[4]).toMatchObject({
      region: townships[4],
      allocated: 28,
      started: 5,
      fitted: 4,
      tested: 4,
      failed: 1,
      inStock: 23,
    });
    const listed = (await firms.get("regulator", "/api/retrofit/campaigns")).json().items[0];
    expect(listed.totals).toEqual(campaign.totals);

    const file = await firms.get("regulator", urlOf(campaignId, "/progress.xlsx"));
    expect(file.headers["content-type"]).toContain("spreadsheetml");
    const [progress, list] = await readXlsxFile(file.rawPayload);
    expect(progress!.data).toHaveLength(20);
    expect(progress!.data[5]).toEqual([campaign.townships[4].regionName, 30, 28, 23, 5, 4, 4, 1, 0, 0]);
    expect(progress!.data.at(-1)).toEqual(["合计", 540, 500, 322, 171, 153, 153, 18, 5, 2]);
    expect(list!.data).toHaveLength(172);
    expect(list!.data[0]!.slice(0, 4)).toEqual(["开始时间", "完成时间", "状态", "区域"]);
    const began = new Date(app.ctx.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(list!.data[1]![0]).toMatch(new RegExp(`^${began} \\d\\d:\\d\\d:\\d\\d$`));
    expect(new Set(list!.data.slice(1).map((row) => row[2]))).toEqual(new Set(["已启用", "安装中"]));
  });

  /** In township n: n machines in service after a failed and a passed test, and one whose test has failed. */
  async function fit(campaignId: string): Promise<void> {
    const { ctx } = app;
    const installer = (await buildStaff(app, "installer", { region: county })).personId;
    const at = new Date(ctx.clock.nowMs());
    const machine = firms.own.idle;
    let chip = 0;
    for (const [index, region_code] of townships.entries()) {
      for (let number = 0; number <= index; number++) {
        const installation_id = ctx.newId();
        const isDone = number < index;
        await ctx.db
          .insertInto("retrofit_installations")
          .values({
            installation_id,
            campaign_id: campaignId,
            installer_id: installer,
            chip_id: chipId(chip++) as never,
            status: isDone ? "in-service" : "open",
            region_code,
            started_at: at,
          })
          .execute();
        const test = {
          installation_id,
          machine_id: machine.machineId,
          chip_id: machine.chip.chipId,
          asked_by: installer,
          hold_seconds: 4,
          due_at: at,
        };
        for (const [order, status] of (isDone
          ? (["failed", "passed"] as const)
          : (["failed"] as const)
        ).entries()) {
          await ctx.db
            .insertInto("relay_tests")
            .values({
              ...test,
              relay_test_id: ctx.newId(),
              command_id: ctx.newId(),
              status,
              sent_at: new Date(at.getTime() + order),
            })
            .execute();
        }
      }
    }
  }

  test("what is not in stock cannot be moved, and two who take the last box at once do not both get it", async () => {
    const campaignId = await newCampaign();
    await move(campaignId, { kind: "receive", quantity: 10 });
    const short = await move(campaignId, { kind: "allocate", region: townships[1], quantity: 11 });
    expect(codeOf(short)).toBe("409 chip_stock.short");
    expect(short.json().error.details).toEqual({ available: 10 });
    const both = await Promise.all(
      [1, 2].map((index) => move(campaignId, { kind: "allocate", region: townships[index], quantity: 6 })),
    );
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
    const got = both[0]!.statusCode === 201 ? townships[1] : townships[2];
    expect(codeOf(await move(campaignId, { kind: "return", region: got, quantity: 7 }))).toBe(
      "409 chip_stock.short",
    );
    expect(codeOf(await move(campaignId, { kind: "defective", quantity: 5 }))).toBe("409 chip_stock.short");
    expect(codeOf(await move(campaignId, { kind: "defective", quantity: 4 }))).toBe("201");
    expect(await figures(campaignId)).toMatchObject({
      received: 10,
      inStore: 0,
      totals: { allocated: 6, inStock: 6 },
    });
    const outside = await move(campaignId, { kind: "allocate", region: otherCounty, quantity: 1 });
    expect(codeOf(outside)).toBe("409 campaign.township_outside");
  });

  test("a chip that is named counts as one, is written off once, and the movements are kept and audited", async () => {
    const campaignId = await newCampaign();
    await move(campaignId, { kind: "receive", quantity: 3 });
    const one = { kind: "defective", quantity: 3, chipId: "Q".repeat(16), note: "进水" };
    expect((await move(campaignId, one)).json()).toMatchObject({
      quantity: 1,
      chipId: "q".repeat(16),
      movedBy: "演***",
    });
    expect(codeOf(await move(campaignId, one))).toBe("409 installation.chip_unfit");
    const movements = (await firms.get("regulator", urlOf(campaignId, "/movements?kind=defective"))).json();
    expect(movements).toMatchObject({ total: 1, items: [{ note: "进水" }] });
    const audit = await app.ctx.db
      .selectFrom("audit_log")
      .select("action")
      .where("subject", "=", `campaign:${campaignId}`)
      .orderBy("seq")
      .execute();
    expect(audit.map(({ action }) => action)).toEqual([
      "campaign.made",
      "chip_stock.receive",
      "chip_stock.defective",
    ]);
  });

  test("a closed campaign takes no more chips and closes once", async () => {
    const campaignId = await newCampaign();
    await move(campaignId, { kind: "receive", quantity: 3 });
    await move(campaignId, { kind: "allocate", region: townships[2], quantity: 3 });
    expect((await firms.post("regulator", urlOf(campaignId, "/closing"))).json().status).toBe("closed");
    expect(codeOf(await firms.post("regulator", urlOf(campaignId, "/closing")))).toBe("409 campaign.closed");
    expect(codeOf(await move(campaignId, { kind: "receive", quantity: 1 }))).toBe("409 campaign.closed");
    expect(codeOf(await move(campaignId, { kind: "return", region: townships[2], quantity: 3 }))).toBe("201");
  });

  test("installers are assigned from those of the region, and see only campaigns that are theirs", async () => {
    const campaignId = await newCampaign();
    const own = await buildStaff(app, "installer", { region: townships[0]! });
    const elsewhere = await buildStaff(app, "installer", { region: otherCounty });
    const regulator = (await buildStaff(app, "regulator", { region: county })).cookie;
    const assign = (personIds: string[]) =>
      app.call("PUT", urlOf(campaignId, "/installers"), { cookie: regulator, body: { personIds } });
    const { installers } = (await firms.get("regulator", urlOf(campaignId, "/installer-choices"))).json();
    const ids = installers.map(({ personId }: { personId: string }) => personId);
    expect(ids).toContain(own.personId);
    expect(ids).not.toContain(elsewhere.personId);
    expect(codeOf(await assign([elsewhere.personId]))).toBe("404 installer.not_found");
    expect((await assign([own.personId])).json().installers).toEqual([
      { personId: own.personId, name: "演***" },
    ]);
    const seen = async (cookie: string) =>
      (await app.call("GET", "/api/retrofit/campaigns?pageSize=200", { cookie }))
        .json()
        .items.map((item: { campaignId: string }) => item.campaignId);
    expect(await seen(own.cookie)).toContain(campaignId);
    expect(await seen(elsewhere.cookie)).toEqual([]);
    const other = await buildStaff(app, "installer", { region: county });
    expect(await seen(other.cookie)).not.toContain(campaignId);
  });

  test("a township's clerk sees his township and moves its chips only", async () => {
    const campaignId = await newCampaign();
    await move(campaignId, { kind: "receive", quantity: 20 });
    for (const index of [3, 4])
      await move(campaignId, { kind: "allocate", region: townships[index], quantity: 10 });
    const get = (url: string) => app.call("GET", url, { cookie: clerk });
    const post = (url: string, body: object) => app.call("POST", url, { cookie: clerk, body });
    const seen = (await get(urlOf(campaignId))).json();
    expect(seen.townships.map(({ region }: { region: string }) => region)).toEqual([townships[3]]);
    expect(seen).toMatchObject({
      received: null,
      inStore: null,
      totals: { allocated: 10, targetMachines: 30 },
    });
    const { items } = (await get(urlOf(campaignId, "/movements"))).json();
    expect(items.map(({ region }: { region: string }) => region)).toEqual([townships[3]]);
    const url = urlOf(campaignId, "/movements");
    expect(codeOf(await post(url, { kind: "return", region: townships[3], quantity: 1 }))).toBe("201");
    for (const body of [
      { kind: "return", region: townships[4], quantity: 1 },
      { kind: "allocate", region: townships[3], quantity: 1 },
      { kind: "receive", quantity: 1 },
    ]) {
      expect(codeOf(await post(url, body))).toBe("403 region.out_of_scope");
    }
    expect(codeOf(await post(urlOf(campaignId, "/closing"), {}))).toBe("403 region.out_of_scope");
    const { townships: own } = (await get("/api/retrofit/townships")).json();
    expect(own.map(({ region }: { region: string }) => region)).toEqual([townships[3]]);
  });

  test("are closed to other roles and other counties", async () => {
    const campaignId = await newCampaign();
    const gets = ["", "/movements", "/installer-choices", "/progress.xlsx", "/installations"];
    for (const who of ["welder", "officer", "station", "installer"] as const) {
      for (const part of gets)
        expect(codeOf(await firms.get(who, urlOf(campaignId, part)))).toBe("403 role.forbidden");
      expect(
        codeOf(await firms.post(who, urlOf(campaignId, "/movements"), { kind: "receive", quantity: 1 })),
      ).toBe("403 role.forbidden");
      const campaign = { name: "演示", region: county };
      expect(codeOf(await firms.post(who, "/api/retrofit/campaigns", campaign))).toBe("403 role.forbidden");
      expect(codeOf(await firms.get(who, "/api/retrofit/townships"))).toBe("403 role.forbidden");
    }
    for (const part of gets.slice(0, 4)) {
      expect(codeOf(await firms.get("otherRegulator", urlOf(campaignId, part)))).toBe(
        "403 region.out_of_scope",
      );
    }
    expect((await firms.get("otherRegulator", urlOf(campaignId, "/installations"))).json().total).toBe(0);
    expect(
      codeOf(await firms.post("otherRegulator", "/api/retrofit/campaigns", { name: "演示", region: county })),
    ).toBe("403 region.out_of_scope");
    const assigned = await app.call("PUT", urlOf(campaignId, "/installers"), {
      cookie: (await buildStaff(app, "regulator", { region: otherCounty })).cookie,
      body: { personIds: [] },
    });
    expect(codeOf(assigned)).toBe("403 region.out_of_scope");
  });

  test("say which field is wrong, and that there is no such thing", async () => {
    const make = (body: object) => firms.post("operator", "/api/retrofit/campaigns", body);
    expect(fieldsOf(await make({ name: "", region: "x" }))).toEqual(["body.name", "body.region"]);
    expect(codeOf(await make({ name: "演示", region: "999999" }))).toBe("404 region.not_found");
    const outside = { name: "演示", region: county, targets: [{ region: otherCounty, machineCount: 1 }] };
    expect(codeOf(await make(outside))).toBe("409 campaign.township_outside");
    for (const part of ["", "/movements", "/installer-choices", "/progress.xlsx", "/installations"])
      expect(codeOf(await firms.get("operator", urlOf(nobody, part)))).toBe("404 campaign.not_found");
    const campaignId = await newCampaign([]);
    const movement = await move(campaignId, { kind: "allocate", region: "x", quantity: 0 });
    expect(fieldsOf(movement)).toEqual(["body.region", "body.quantity"]);
    expect(
      codeOf(await firms.post("operator", urlOf(nobody, "/movements"), { kind: "receive", quantity: 1 })),
    ).toBe("404 campaign.not_found");
  });
});
