import type { MachineCode, MachineId } from "@hanyouxu/protocol";
import QRCode from "qrcode";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { failOverdueRelayTests } from "../src/features/installations/installations.ts";
import { ChipVoice } from "./chip-voice.ts";
import { buildChip, buildMachine, buildStaff, buildWelder, county, here, otherCounty } from "./county.ts";
import { engines } from "./database.ts";
import type { TestPlatform } from "./platform.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms } from "./two-firms.ts";

/** The head of a JPEG file with its frame header, and its end: all that tells what it is. */
function jpeg(seed: number, width = 1200): string {
  const bytes = new Uint8Array(200).fill(seed);
  bytes.set([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 900 >> 8, 900 & 255, width >> 8, width & 255, 3]);
  // The scan's header (ITU-T T.81 B.2.3); the coded data after it is the seed over and over.
  bytes.set([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0], 21);
  bytes.set([0xff, 0xd9], 198);
  return Buffer.from(bytes).toString("base64");
}

describe.each(engines)("fitting a chip on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  let campaignId: string;
  let installer: string;
  let chip: ChipVoice;
  let png: string;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    ({ app } = firms);
    installer = (await buildStaff(app, "installer", { region: county })).cookie;
    png = (await QRCode.toBuffer("signature")).toString("base64");
    campaignId = (
      await firms.post("regulator", "/api/retrofit/campaigns", { name: "演示加芯", region: county })
    ).json().campaignId;
  });
  afterAll(() => app?.close());
  beforeEach(() => {
    chip = new ChipVoice(() => app.clock.nowMs());
  });

  const post = (url: string, body: object = {}, cookie = installer) =>
    app.call("POST", url, { cookie, body });
  const get = (url: string, cookie = installer) => app.call("GET", url, { cookie });
  const urlOf = (id: string, part = "") => `/api/retrofit/installations/${id}${part}`;
  const begin = async (chipId: string = chip.chipId) =>
    await post("/api/retrofit/installations", { campaignId, chipId });
  const stepOf = async (id: string) => (await get(urlOf(id))).json().step;
  const blankLabel = async (): Promise<MachineCode> => {
    const batch = { kind: "blank", name: "演示", region: county, count: 1 };
    const { batchId } = (await firms.post("regulator", "/api/label-batches", batch)).json();
    return (await firms.get("regulator", `/api/labels?batchId=${batchId}`)).json().items[0].machineCode;
  };
  const machineBody = () => ({
    enterpriseId: firms.own.enterpriseId,
    name: "演示新机",
    model: "ZX7-315",
    process: "SMAW",
    isMobile: false,
  });

  /** As far as the chip that is enrolled and online. */
  async function fitted(): Promise<{ id: string; machineCode: MachineCode; machineId: MachineId }> {
    const id = (await begin()).json().installationId;
    const machineCode = await blankLabel();
    await post(urlOf(id, "/label"), { machineCode });
    const { machineId } = (await post(urlOf(id, "/machine"), machineBody())).json();
    await post(urlOf(id, "/photos"), { picture: jpeg(1) });
    await post(urlOf(id, "/position"), { position: here });
    await post(urlOf(id, "/profile"));
    await buildChip(app.ctx, chip);
    await app.ctx.db
      .updateTable("machines")
      .set({ chip_id: chip.chipId })
      .where("machine_id", "=", machineId)
      .execute();
    await app.bringOnline(chip);
    return { id, machineCode, machineId };
  }

  test("goes step by step, each kept, until the relay has closed and opened and the machine is in service", async () => {
    const begun = await begin();
    expect(begun.statusCode).toBe(201);
    const id = begun.json().installationId;
    expect(begun.json()).toMatchObject({ step: "label", chipId: chip.chipId, campaignName: "演示加芯" });
    // The same chip scanned again, or a phone that lost the answer.
    expect((await begin()).json().installationId).toBe(id);
    const machineCode = await blankLabel();
    const labelled = await post(urlOf(id, "/label"), { machineCode });
    expect(labelled.json()).toMatchObject({ step: "machine", machineCode, machineId: null });
    const registered = await post(urlOf(id, "/machine"), machineBody());
    expect(registered.json()).toMatchObject({ step: "photos", machineName: "演示新机", model: "ZX7-315" });
    const { machineId } = registered.json();
    const shown = (await firms.get("operator", `/api/machines/${machineId}`)).json();
    expect(shown).toMatchObject({ status: "registered", machineCode, enterpriseName: "演示甲厂" });

    expect((await post(urlOf(id, "/photos"), { picture: jpeg(1) })).json()).toMatchObject({
      step: "position",
    });
    await post(urlOf(id, "/photos"), { picture: jpeg(2) });
    const again = (await post(urlOf(id, "/photos"), { picture: jpeg(2) })).json();
    expect(again.photos).toHaveLength(2);
    expect((await post(urlOf(id, "/position"), { position: here })).json()).toMatchObject({
      step: "profile",
      position: here,
    });
    expect((await post(urlOf(id, "/profile"))).json().step).toBe("enrolment");
    const token = await post(urlOf(id, "/enrolment-token"));
    expect(token.statusCode).toBe(201);
    expect(token.json().enrolmentToken).toHaveLength(32);

    await buildChip(app.ctx, chip);
    await app.ctx.db
      .updateTable("machines")
      .set({ chip_id: chip.chipId })
      .where("machine_id", "=", machineId)
      .execute();
    expect(await stepOf(id)).toBe("enrolment");
    expect(codeOf(await post(urlOf(id, "/relay-tests")))).toBe("409 installation.chip_offline");
    await app.bringOnline(chip);
    expect((await get(urlOf(id))).json()).toMatchObject({
      step: "relay-test",
      enrolment: { isEnrolled: true, isOnline: true, firmware: "test-1" },
    });

    const sent = await post(urlOf(id, "/relay-tests"));
    expect(sent.json()).toMatchObject({ step: "relay-test", lastTest: { status: "sent", holdSeconds: 4 } });
    const grant = app.lastCommandTo(chip, "grant");
    expect(grant).toMatchObject({
      workSessionId: sent.json().lastTest.relayTestId,
      maxEnergisedSeconds: 4,
      welderPseudonym: "0".repeat(16),
      fence: { kind: "circle", latitudeE7: 289_000_000 },
    });
    expect(codeOf(await post(urlOf(id, "/relay-tests")))).toBe("409 installation.machine_busy");
    expect(codeOf(await post(urlOf(id, "/signature"), { picture: png }))).toBe(
      "409 installation.step_missing",
    );
    await app.say(chip.answer(grant.commandId, "accepted"), chip.energised(grant.workSessionId));
    expect((await get(urlOf(id))).json().lastTest).toMatchObject({ status: "closed", openedAt: null });
    app.clock.advance(4_000);
    await app.say(
      chip.deEnergised(grant.workSessionId, {}, "energised-limit"),
      chip.checkpoint(grant.workSessionId),
    );
    const passed = (await get(urlOf(id))).json();
    expect(passed).toMatchObject({
      step: "signature",
      lastTest: { status: "passed", openReason: "energised-limit", checkpointVerified: true },
    });
    const { closedAt, openedAt } = passed.lastTest;
    expect(Date.parse(openedAt) - Date.parse(closedAt)).toBe(4_000);
    const sessions = await firms.get("operator", `/api/work-sessions?machineId=${machineId}`);
    expect(sessions.json().total).toBe(0);

    const signed = await post(urlOf(id, "/signature"), { picture: png });
    expect(signed.json()).toMatchObject({ step: "done", hasSignature: true });
    expect((await firms.get("operator", `/api/machines/${machineId}`)).json().status).toBe("in-service");
    const welder = await buildWelder(app, { enterprises: [firms.own.enterpriseId] });
    expect((await firms.start(welder, machineCode)).json().outcome).toBe("grant");
    expect(codeOf(await post(urlOf(id, "/photos"), { picture: jpeg(3) }))).toBe("409 installation.ended");
    expect(codeOf(await begin())).toBe("409 installation.chip_in_use");

    const audit = await app.ctx.db
      .selectFrom("audit_log")
      .select("action")
      .where("subject", "=", `installation:${id}`)
      .orderBy("seq")
      .execute();
    expect(audit.map(({ action }) => action.replace("installation.", ""))).toEqual([
      "started",
      "labelled",
      "machine_registered",
      "photo_added",
      "photo_added",
      "positioned",
      "profile_read",
      "token_asked",
      "signed",
    ]);
  });

  test("a chip that refuses the test says why, and the test can be made again", async () => {
    const { id } = await fitted();
    await post(urlOf(id, "/relay-tests"));
    await app.say(chip.answer(app.lastCommandTo(chip, "grant").commandId, "tamper"));
    expect((await get(urlOf(id))).json().lastTest).toMatchObject({ status: "failed", failure: "tamper" });
    app.clock.advance(1_000);
    const again = await post(urlOf(id, "/relay-tests"));
    expect(again.json()).toMatchObject({ lastTest: { status: "sent" }, tests: [{}, { failure: "tamper" }] });
  });

  test("an interlock that cuts the test fails it with the chip's reason", async () => {
    const { id } = await fitted();
    await post(urlOf(id, "/relay-tests"));
    const { workSessionId } = app.lastCommandTo(chip, "grant");
    await app.say(chip.energised(workSessionId), chip.deEnergised(workSessionId, {}, "gas"));
    expect((await get(urlOf(id))).json()).toMatchObject({
      step: "relay-test",
      lastTest: { status: "failed", failure: "gas" },
    });
  });

  test("silence is an answer after a while, at closing and at opening", async () => {
    const { id } = await fitted();
    await post(urlOf(id, "/relay-tests"));
    await failOverdueRelayTests(app.ctx);
    expect((await get(urlOf(id))).json().lastTest.status).toBe("sent");
    app.clock.advance(36_000);
    await failOverdueRelayTests(app.ctx);
    expect((await get(urlOf(id))).json().lastTest).toMatchObject({ status: "failed", failure: "no-answer" });
    await app.bringOnline(chip);
    await post(urlOf(id, "/relay-tests"));
    const { workSessionId } = app.lastCommandTo(chip, "grant");
    await app.say(chip.energised(workSessionId));
    app.clock.advance(20_000);
    await failOverdueRelayTests(app.ctx);
    expect((await get(urlOf(id))).json().lastTest).toMatchObject({ status: "failed", failure: "no-opening" });
    await app.say(chip.deEnergised(workSessionId, {}, "energised-limit"));
    expect((await get(urlOf(id))).json().lastTest).toMatchObject({
      status: "failed",
      openReason: "energised-limit",
    });
  });

  test("another chip cannot speak for the tested one", async () => {
    const { id } = await fitted();
    await post(urlOf(id, "/relay-tests"));
    const { workSessionId } = app.lastCommandTo(chip, "grant");
    await app.say(firms.foreign.machine.chip.energised(workSessionId));
    expect((await get(urlOf(id))).json().lastTest.status).toBe("sent");
  });

  test("a machine at work is not tested", async () => {
    const { id, machineId, machineCode } = await fitted();
    await app.ctx.db
      .updateTable("machines")
      .set({ status: "in-service" })
      .where("machine_id", "=", machineId)
      .execute();
    const welder = await buildWelder(app, { enterprises: [firms.own.enterpriseId] });
    const started = await firms.start(welder, machineCode);
    expect(started.json().outcome).toBe("grant");
    expect(codeOf(await post(urlOf(id, "/relay-tests")))).toBe("409 installation.machine_busy");
  });

  test("a bound label leads to its machine; a void, forged or taken one is refused", async () => {
    const known = await buildMachine(app.ctx, {
      enterpriseId: firms.own.enterpriseId,
      hasChip: false,
      name: "演示旧机",
    });
    const id = (await begin()).json().installationId;
    const label = (machineCode: string) => post(urlOf(id, "/label"), { machineCode });
    const voided = await blankLabel();
    await firms.post("regulator", `/api/labels/${voided}/voiding`, { reason: "遗失" });
    expect(codeOf(await label(voided))).toBe("404 machine_code.void");
    expect(codeOf(await label(firms.foreign.machine.machineCode))).toBe("403 region.out_of_scope");
    expect(fieldsOf(await label("ABCD"))).toEqual(["body.machineCode"]);
    const free = await blankLabel();
    const other = new ChipVoice(() => app.clock.nowMs());
    const otherId = (await begin(other.chipId)).json().installationId;
    await post(urlOf(otherId, "/label"), { machineCode: free });
    expect(codeOf(await label(free))).toBe("409 label.bound_already");
    expect((await label(known.machineCode)).json()).toMatchObject({
      step: "photos",
      machineName: "演示旧机",
    });
    expect(codeOf(await post(urlOf(otherId, "/label"), { machineCode: known.machineCode }))).toBe(
      "409 installation.machine_busy",
    );
    expect(codeOf(await label(await blankLabel()))).toBe("409 label.bound_already");
  });

  test("only pictures are taken, whatever they are called, and not too many or too large", async () => {
    const { id } = await fitted();
    const add = (picture: string) => post(urlOf(id, "/photos"), { picture });
    const text = Buffer.from("<script>alert(1)</script>".repeat(10)).toString("base64");
    expect(codeOf(await add(text))).toBe("400 photo.invalid");
    expect(codeOf(await add(jpeg(5, 9_000)))).toBe("400 photo.invalid");
    expect(fieldsOf(await add("A".repeat(1_398_108)))).toEqual(["body.picture"]);
    expect((await add("A".repeat(1_500_000))).statusCode).toBe(413);
    expect(codeOf(await post(urlOf(id, "/signature"), { picture: jpeg(1) }))).toBe("400 photo.invalid");
    for (let seed = 2; seed <= 12; seed++) expect((await add(jpeg(seed))).statusCode).toBe(201);
    expect(codeOf(await add(jpeg(13)))).toBe("409 photo.too_many");
  });

  test("photos are seen by the installer and staff of the region, and each look is audited", async () => {
    const { id } = await fitted();
    const { photoId } = (await get(urlOf(id))).json().photos[0];
    const url = `/api/retrofit/photos/${photoId}`;
    const own = await get(url);
    expect(own.headers).toMatchObject({ "content-type": "image/jpeg", "cache-control": "no-store" });
    expect(own.rawPayload.toString("base64")).toBe(jpeg(1));
    expect((await firms.get("regulator", url)).statusCode).toBe(200);
    expect(codeOf(await firms.get("otherRegulator", url))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.get("welder", url))).toBe("403 role.forbidden");
    expect(codeOf(await firms.get("installer", url))).toBe("403 role.forbidden");
    expect(codeOf(await firms.get("regulator", `/api/retrofit/photos/${nobody}`))).toBe(
      "404 photo.not_found",
    );
    expect(codeOf(await firms.get("regulator", urlOf(id, "/signature.png")))).toBe("404 photo.not_found");
    const looks = await app.ctx.db
      .selectFrom("audit_log")
      .select("actor")
      .where("action", "=", "installation.picture_read")
      .where("subject", "=", `installation:${id}`)
      .orderBy("seq")
      .execute();
    expect(looks).toHaveLength(2);
  });

  test("given up: the chip is free again, or written off and out of the township's stock", async () => {
    const { id } = await fitted();
    expect(fieldsOf(await post(urlOf(id, "/abandonment"), { reason: "", isChipDefective: false }))).toEqual([
      "body.reason",
    ]);
    const gone = await post(urlOf(id, "/abandonment"), { reason: "继电器不吸合", isChipDefective: true });
    expect(gone.json()).toMatchObject({ step: "abandoned", abandonReason: "继电器不吸合" });
    expect(codeOf(await begin())).toBe("409 installation.chip_unfit");
    const movements = await firms.get(
      "regulator",
      `/api/retrofit/campaigns/${campaignId}/movements?kind=defective`,
    );
    expect(movements.json().items[0]).toMatchObject({ chipId: chip.chipId, quantity: 1 });
    const other = new ChipVoice(() => app.clock.nowMs());
    const otherId = (await begin(other.chipId)).json().installationId;
    await post(urlOf(otherId, "/abandonment"), { reason: "停电改日", isChipDefective: false });
    expect((await begin(other.chipId)).json().installationId).not.toBe(otherId);
  });

  test("steps are refused out of order, to others, and for what does not exist", async () => {
    const id = (await begin()).json().installationId;
    const early: [string, object][] = [
      ["/machine", machineBody()],
      ["/photos", { picture: jpeg(1) }],
      ["/position", { position: here }],
      ["/profile", {}],
      ["/enrolment-token", {}],
      ["/relay-tests", {}],
      ["/signature", { picture: png }],
    ];
    for (const [part, body] of early)
      expect(codeOf(await post(urlOf(id, part), body))).toBe("409 installation.step_missing");
    const all: [string, object][] = [
      ...early,
      ["/label", { machineCode: await blankLabel() }],
      ["/abandonment", { reason: "演示", isChipDefective: false }],
    ];
    const stranger = (await buildStaff(app, "installer", { region: county })).cookie;
    for (const [part, body] of all) {
      expect(codeOf(await post(urlOf(id, part), body, stranger))).toBe("403 role.forbidden");
      for (const who of ["welder", "regulator", "officer"] as const)
        expect(codeOf(await firms.post(who, urlOf(id, part), body))).toBe("403 role.forbidden");
      expect(codeOf(await post(urlOf(nobody, part), body))).toBe("404 installation.not_found");
    }
    expect(codeOf(await get(urlOf(id), stranger))).toBe("403 role.forbidden");
    expect(codeOf(await firms.get("otherRegulator", urlOf(id)))).toBe("403 region.out_of_scope");
    expect((await firms.get("regulator", urlOf(id))).statusCode).toBe(200);
    expect(codeOf(await firms.get("regulator", urlOf(nobody)))).toBe("404 installation.not_found");
  });

  test("a chip is begun by those of the campaign only, under its own id", async () => {
    const start = (body: object, cookie = installer) => post("/api/retrofit/installations", body, cookie);
    expect(fieldsOf(await start({ campaignId, chipId: "1".repeat(16) }))).toEqual(["body.chipId"]);
    expect(codeOf(await start({ campaignId: nobody, chipId: chip.chipId }))).toBe("404 campaign.not_found");
    const elsewhere = (await buildStaff(app, "installer", { region: otherCounty })).cookie;
    expect(codeOf(await start({ campaignId, chipId: chip.chipId }, elsewhere))).toBe(
      "403 campaign.not_assigned",
    );
    expect(
      codeOf(
        await firms.post("regulator", "/api/retrofit/installations", { campaignId, chipId: chip.chipId }),
      ),
    ).toBe("403 role.forbidden");
    const id = (await begin()).json().installationId;
    const colleague = (await buildStaff(app, "installer", { region: county })).cookie;
    expect(codeOf(await start({ campaignId, chipId: chip.chipId }, colleague))).toBe(
      "409 installation.chip_in_use",
    );
    const own = (await get("/api/retrofit/own-installations")).json().items;
    expect(own.map((item: { installationId: string }) => item.installationId)).toContain(id);
    expect((await get("/api/retrofit/own-installations", colleague)).json().total).toBe(0);
    expect(codeOf(await firms.get("regulator", "/api/retrofit/own-installations"))).toBe(
      "403 role.forbidden",
    );
    const found = await get(`/api/retrofit/enterprises?text=${encodeURIComponent("甲")}`);
    expect(found.json().enterprises).toMatchObject([{ name: "演示甲厂" }]);
    expect((await get("/api/retrofit/enterprises", elsewhere)).json().enterprises).toMatchObject([
      { name: "演示乙厂" },
    ]);
    expect(codeOf(await firms.get("welder", "/api/retrofit/enterprises"))).toBe("403 role.forbidden");
    const listed = `/api/retrofit/campaigns/${campaignId}/installations?text=${chip.chipId}`;
    expect((await firms.get("regulator", listed)).json()).toMatchObject({
      total: 1,
      items: [{ installationId: id }],
    });
  });
});
