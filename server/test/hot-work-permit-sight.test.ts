import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import { type PermitWorld, permitWorld } from "./permit-world.ts";
import { textOfPdf } from "./read-sheets.ts";
import { codeOf, nobody } from "./two-firms.ts";

const minuteMs = 60_000;

describe.each(engines)("the sight of hot-work permits on %s", (engine) => {
  let world: PermitWorld;
  beforeAll(async () => {
    world = await permitWorld(engine);
  });
  afterAll(() => world?.app.close());

  describe("who sees and finds what", () => {
    test("a draft is its welder's alone", async () => {
      const permitId = await world.draft();
      for (const who of ["officer", "regulator"] as const) {
        expect(codeOf(await world.call(who, "GET", `/api/hot-work-permits/${permitId}`))).toBe(
          "404 hot_work_permit.not_found",
        );
      }
      expect(codeOf(await world.call("watch", "GET", `/api/hot-work-permits/${permitId}`))).toBe(
        "403 role.forbidden",
      );
    });

    test("a submitted one is seen by its people, its firms and its region, and by nobody else", async () => {
      const permitId = await world.submitted();
      const seen = async (who: Parameters<PermitWorld["call"]>[0]) =>
        codeOf(await world.call(who, "GET", `/api/hot-work-permits/${permitId}`));
      for (const who of ["welder", "watch", "officer", "supervisor", "regulator", "station"] as const) {
        expect(await seen(who)).toBe("200");
      }
      expect(await seen("otherOfficer")).toBe("403 region.out_of_scope");
      expect(await seen("otherRegulator")).toBe("403 region.out_of_scope");
      expect(await seen("otherWelder")).toBe("403 role.forbidden");
      expect(await seen("installer")).toBe("403 role.forbidden");
      expect(await seen(undefined)).toBe("401 sign_in.required");
      expect(codeOf(await world.call("officer", "GET", `/api/hot-work-permits/${nobody}`))).toBe(
        "404 hot_work_permit.not_found",
      );
    });

    test("lists search by number, firm, area, place, status and day, within reach", async () => {
      const permitId = await world.submitted();
      const { permitNumber } = await world.detail(permitId);
      const found = async (who: "regulator" | "officer" | "otherRegulator", query: string) =>
        (await world.call(who, "GET", `/api/hot-work-permits?pageSize=200&${query}`))
          .json()
          .items.map((item: { permitId: string }) => item.permitId);
      const text = (words: string) => `text=${encodeURIComponent(words)}`;
      for (const query of [
        text(permitNumber.toLowerCase()),
        text("用焊医院"),
        text("施工队"),
        text("东侧管井"),
        "status=submitted",
        "day=2026-03-01",
        `siteOwnerEnterpriseId=${world.ownerId}`,
      ]) {
        expect(await found("regulator", query), query).toContain(permitId);
      }
      expect(await found("officer", "")).toContain(permitId);
      expect(await found("otherRegulator", "")).toEqual([]);
      expect(await found("regulator", "day=2026-04-01")).toEqual([]);
      expect(await found("regulator", `region=${otherCounty}`)).toEqual([]);
      const own = (await world.call("watch", "GET", "/api/me/hot-work-permits?pageSize=200")).json();
      expect(own.items.map((item: { permitId: string }) => item.permitId)).toContain(permitId);
      expect(own.items.every((item: { status: string }) => item.status !== "draft")).toBe(true);
    });

    test("whom to name is shown masked, and only of the site owner asked for", async () => {
      const url = `/api/hot-work-permit-people?siteOwnerEnterpriseId=${world.ownerId}&contractorEnterpriseId=${world.contractorId}`;
      const { supervisors, fireWatches } = (await world.call("welder", "GET", url)).json();
      const ids = (list: { personId: string }[]) => list.map(({ personId }) => personId);
      expect(ids(supervisors)).toEqual(
        expect.arrayContaining([world.people.officer.personId, world.people.supervisor.personId]),
      );
      expect(ids(fireWatches)).toContain(world.people.watch.personId);
      expect(fireWatches[0].name).toBe("演***");
      expect(codeOf(await world.call("officer", "GET", url))).toBe("403 role.forbidden");
    });

    test("pictures and the signature are read with an entry each", async () => {
      const permitId = await world.approved();
      const [{ photoId }] = (await world.detail(permitId)).photos;
      const read = async (who: "officer" | "otherRegulator", url: string) =>
        await world.call(who, "GET", url);
      for (const url of [
        `/api/hot-work-permit-photos/${photoId}`,
        `/api/hot-work-permits/${permitId}/signature.png`,
      ]) {
        const response = await read("officer", url);
        expect([response.statusCode, response.headers["content-type"]]).toEqual([200, "image/png"]);
        expect(codeOf(await read("otherRegulator", url))).toBe("403 region.out_of_scope");
      }
      const entries = await world.ctx.db
        .selectFrom("audit_log")
        .select("seq")
        .where("subject", "=", `hot_work_permit:${permitId}`)
        .where("action", "=", "hot_work_permit.picture_read")
        .orderBy("seq")
        .execute();
      expect(entries).toHaveLength(2);
    });

    test("the paper names everybody in full to who is on it, masked to others, each print audited", async () => {
      const permitId = await world.approved();
      const { permitNumber, verificationCode } = await world.detail(permitId);
      const print = (who: Parameters<PermitWorld["call"]>[0]) =>
        world.call(who, "GET", `/api/hot-work-permits/${permitId}/ticket.pdf`);
      const paper = await print("watch");
      expect(paper.headers["content-type"]).toBe("application/pdf");
      const text = textOfPdf(new Uint8Array(paper.rawPayload));
      for (const words of [
        "动火安全作业票",
        permitNumber,
        verificationCode.replace(/(.{4})(?=.)/g, "$1-"),
        "演示用焊医院",
        "演示施工队",
        "更换管道支架",
        "三楼东侧管井",
        "演示张三",
        "同意",
      ]) {
        expect(text, words).toContain(words);
      }
      const masked = textOfPdf(new Uint8Array((await print("blind")).rawPayload));
      expect(masked).toContain("演***");
      expect(masked).not.toContain("演示张三");
      const entries = await world.ctx.db
        .selectFrom("audit_log")
        .select(["action", "details"])
        .where("subject", "=", `hot_work_permit:${permitId}`)
        .where("action", "in", ["hot_work_permit.printed", "personal_data.read"])
        .orderBy("seq")
        .execute();
      expect(entries.map(({ action }) => action)).toEqual([
        "hot_work_permit.printed",
        "personal_data.read",
        "hot_work_permit.printed",
      ]);
      expect(codeOf(await print("otherOfficer"))).toBe("403 region.out_of_scope");
      const draft = await world.draft();
      expect(codeOf(await world.call("welder", "GET", `/api/hot-work-permits/${draft}/ticket.pdf`))).toBe(
        "409 hot_work_permit.wrong_status",
      );
    });

    test("the list is exported with its filters, names masked, audited", async () => {
      const permitId = await world.submitted();
      const { permitNumber } = await world.detail(permitId);
      const url = `/api/exports/hot-work-permits?format=csv&text=${permitNumber}`;
      const response = await world.call("regulator", "GET", url);
      const lines = response.body.trim().split("\n");
      expect(lines).toHaveLength(2);
      expect(lines[1]).toContain(permitNumber);
      expect(lines[1]).toContain("演***");
      expect(codeOf(await world.call("welder", "GET", url))).toBe("403 role.forbidden");
      expect(codeOf(await world.call(undefined, "GET", url))).toBe("401 sign_in.required");
      expect(codeOf(await world.call("regulator", "GET", `${url}&status=extended`))).toBe(
        "400 request.invalid",
      );
    });

    test("anybody with the code on the paper learns its number, status and time, and nothing else", async () => {
      const permitId = await world.approved({ plannedFrom: world.isoIn(minuteMs) });
      const { verificationCode, permitNumber, validFrom, validTo } = await world.detail(permitId);
      await world.app.clock.advance(5 * minuteMs);
      const verify = async (code: string) =>
        await world.call(undefined, "GET", `/api/permit-verifications/${code}`);
      const shown = { permitNumber, validFrom, validTo };
      expect((await verify(verificationCode)).json()).toEqual({
        ...shown,
        status: "approved",
        isValidNow: true,
      });
      await world.step("officer", permitId, "suspension", { reason: "检查" });
      expect((await verify(verificationCode.toLowerCase())).json()).toEqual({
        ...shown,
        status: "suspended",
        isValidNow: false,
      });
      expect(codeOf(await verify("0000000000000000"))).toBe("404 hot_work_permit.not_found");
    });
  });
});
