import { formatMachineCode, type MachineCode, parseMachineCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildMachine, county, otherCounty, township } from "./county.ts";
import { engines } from "./database.ts";
import type { TestPlatform } from "./platform.ts";
import { readSheets, textOfPdf } from "./read-sheets.ts";
import { codeOf, fieldsOf, nobody, type TwoFirms, twoFirms, type Who } from "./two-firms.ts";

describe.each(engines)("labels on %s", (engine) => {
  let firms: TwoFirms;
  let app: TestPlatform;
  beforeAll(async () => {
    firms = await twoFirms(engine);
    ({ app } = firms);
  });
  afterAll(() => app?.close());

  const blank = async (count: number, name = "演示空白标签") => {
    const made = await firms.post("installer", "/api/label-batches", {
      kind: "blank",
      name,
      region: county,
      count,
    });
    expect(made.statusCode).toBe(201);
    return made.json();
  };
  const labelsOf = async (query: string) =>
    (await firms.get("installer", `/api/labels?${query}`)).json().items;
  const print = async (who: Who, batchId: string) =>
    await firms.get(who, `/api/label-batches/${batchId}/sheets.pdf`);
  const scan = (code: string) => firms.get("welder", `/api/machine-codes/${code}`);
  const auditOf = async (subject: string) =>
    await app.ctx.db
      .selectFrom("audit_log")
      .select("action")
      .where("subject", "=", subject)
      .orderBy("seq")
      .execute();

  test("a batch of 105 is printed on five sheets, and every code is read from them again", async () => {
    const batch = await blank(105);
    expect(batch).toMatchObject({
      labelCount: 105,
      sheetCount: 5,
      blankCount: 105,
      printCount: 0,
      printedAt: null,
    });
    const labels = await labelsOf(`batchId=${batch.batchId}&pageSize=200`);
    const codes: MachineCode[] = labels.map(({ machineCode }: { machineCode: MachineCode }) => machineCode);
    expect(new Set(codes).size).toBe(105);

    const printed = await print("installer", batch.batchId);
    expect(printed.statusCode).toBe(200);
    expect(printed.headers).toMatchObject({ "content-type": "application/pdf", "cache-control": "no-store" });
    const pdf = new Uint8Array(printed.rawPayload);
    // The whole font has 1.5 MB; only the glyphs that occur are embedded.
    expect(pdf.length).toBeLessThan(400_000);
    const pages = await readSheets(pdf);
    expect(pages.map((page) => page.length)).toEqual([21, 21, 21, 21, 21]);
    const read = pages.flat();
    expect(read.every(({ level }) => level === "Q")).toBe(true);
    expect(Math.min(...read.map(({ sideMm }) => sideMm))).toBeGreaterThanOrEqual(25);
    const parsed = read.map(({ text }) => {
      const code = parseMachineCode(text);
      return code.ok ? code.value : text;
    });
    expect(new Set(parsed)).toEqual(new Set(codes));
    const text = textOfPdf(pdf);
    expect(text).toContain("焊有序");
    for (const code of codes) {
      for (const half of formatMachineCode(code).match(/.{4}-.{4}/g)!) expect(text).toContain(half);
    }

    const after = (await firms.get("installer", "/api/label-batches")).json().items[0];
    expect(after).toMatchObject({ printCount: 1 });
    expect((await labelsOf(`batchId=${batch.batchId}`))[0].printedAt).toBe(after.printedAt);
    expect(await auditOf(`label_batch:${batch.batchId}`)).toEqual([
      { action: "label_batch.made" },
      { action: "label_batch.printed" },
    ]);
  }, 60_000);

  test("a blank label that is scanned leads nowhere yet, and is counted", async () => {
    const { batchId } = await blank(1);
    const [{ machineCode }] = await labelsOf(`batchId=${batchId}`);
    expect(codeOf(await scan(machineCode))).toBe("404 machine_code.blank");
    expect(codeOf(await firms.start("welder", machineCode))).toBe("404 machine_code.blank");
    expect((await firms.get("regulator", "/api/refused-codes")).json()).toMatchObject({
      counts: { blank: 2 },
      items: [{ reason: "blank", machineCode }, { reason: "blank" }],
    });
  });

  test("a machine's label names it; printed again as it is, the old one stays good", async () => {
    const { machineId, machineCode } = firms.own.idle;
    const made = await firms.post("regulator", "/api/label-batches", {
      kind: "machines",
      name: "演示补打",
      region: township,
      machineIds: [machineId],
    });
    const batch = made.json();
    expect(batch).toMatchObject({ kind: "machines", labelCount: 1, boundCount: 1 });
    const pdf = new Uint8Array((await print("regulator", batch.batchId)).rawPayload);
    expect(textOfPdf(pdf)).toContain("演示二号");
    expect(textOfPdf(pdf)).toContain("ZX7-400");
    expect((await readSheets(pdf)).flat().map(({ text }) => text.split("/").at(-1))).toEqual([machineCode]);
    expect((await scan(machineCode)).statusCode).toBe(200);
  });

  test("printed again with the old one void: the machine has a new code, the old one is refused, counted and shown", async () => {
    const { machineId, machineCode: oldCode } = firms.own.idle;
    const batch = (
      await firms.post("operator", "/api/label-batches", {
        kind: "machines",
        name: "演示换标",
        region: township,
        machineIds: [machineId],
        voidOld: true,
      })
    ).json();
    const [bound] = await labelsOf(`batchId=${batch.batchId}`);
    expect(bound).toMatchObject({ state: "bound", machineId });
    expect(bound.machineCode).not.toBe(oldCode);
    const counted = (await app.ctx.metrics.voidCodes.get()).values.find(
      ({ labels }) => labels.reason === "void",
    );
    expect(codeOf(await scan(oldCode))).toBe("404 machine_code.void");
    const refused = await firms.start("welder", oldCode);
    expect(codeOf(refused)).toBe("404 machine_code.void");
    expect(refused.json().error.message).toContain("作废");
    const after = (await app.ctx.metrics.voidCodes.get()).values.find(
      ({ labels }) => labels.reason === "void",
    );
    expect((after?.value ?? 0) - (counted?.value ?? 0)).toBe(2);
    expect((await firms.get("regulator", "/api/refused-codes?reason=void")).json()).toMatchObject({
      total: 2,
      items: [{ machineCode: oldCode, machineName: "演示二号", reason: "void" }, {}],
    });
    expect((await scan(bound.machineCode)).json().machineId).toBe(machineId);
    firms.own.idle.machineCode = bound.machineCode;
  });

  test("a torn label is made void: its machine gets a new code in a batch to print; nothing is void twice", async () => {
    const machine = await buildMachine(app.ctx, { enterpriseId: firms.own.enterpriseId, name: "演示破标" });
    const url = `/api/labels/${machine.machineCode}/voiding`;
    const answer = await firms.post("installer", url, { reason: "标签破损" });
    const { newMachineCode, newBatchId } = answer.json();
    expect((await scan(newMachineCode)).json().machineId).toBe(machine.machineId);
    const pdf = new Uint8Array((await print("installer", newBatchId)).rawPayload);
    expect((await readSheets(pdf)).flat()).toHaveLength(1);
    expect(codeOf(await firms.post("installer", url, { reason: "标签破损" }))).toBe("409 label.void_already");
    expect(await auditOf(`label:${machine.machineCode}`)).toEqual([{ action: "label.voided" }]);
    expect(await labelsOf(`text=${machine.machineCode.slice(0, 8)}`)).toMatchObject([
      { state: "void", voidReason: "标签破损" },
    ]);

    const { batchId } = await blank(2);
    const [first, second] = await labelsOf(`batchId=${batchId}`);
    const lost = await firms.post("installer", `/api/labels/${first.machineCode}/voiding`, {
      reason: "遗失",
    });
    expect(lost.json()).toEqual({ newMachineCode: null, newBatchId: null });
    const left = (await readSheets(new Uint8Array((await print("installer", batchId)).rawPayload))).flat();
    expect(left.map(({ text }) => text.split("/").at(-1))).toEqual([second.machineCode]);
  });

  test("a forged code is refused, counted and shown", async () => {
    const [{ machineCode }] = await labelsOf("pageSize=1");
    const forged = await forge(machineCode);
    const before = (await app.ctx.metrics.forgedCodes.get()).values[0]!.value;
    expect(codeOf(await scan(forged))).toBe("404 machine_code.forged");
    expect((await app.ctx.metrics.forgedCodes.get()).values[0]!.value).toBe(before + 1);
    expect((await firms.get("regulator", "/api/refused-codes?reason=forged")).json()).toMatchObject({
      counts: { forged: 1 },
      items: [{ reason: "forged", machineCode: forged }],
    });
  });

  test("are closed to other roles and beyond one's region", async () => {
    const batch = await blank(1);
    const [{ machineCode }] = await labelsOf(`batchId=${batch.batchId}`);
    const newBatch = { kind: "blank", name: "演示", region: county, count: 1 };
    const gets = ["/api/labels", "/api/label-batches", "/api/refused-codes"];
    for (const who of ["welder", "officer", "station"] as const) {
      for (const url of [...gets, `/api/label-batches/${batch.batchId}/sheets.pdf`])
        expect(codeOf(await firms.get(who, url))).toBe("403 role.forbidden");
      expect(codeOf(await firms.post(who, "/api/label-batches", newBatch))).toBe("403 role.forbidden");
      const voiding = await firms.post(who, `/api/labels/${machineCode}/voiding`, { reason: "演示" });
      expect(codeOf(voiding)).toBe("403 role.forbidden");
    }
    expect(codeOf(await print("otherRegulator", batch.batchId))).toBe("403 region.out_of_scope");
    expect(codeOf(await firms.post("otherRegulator", "/api/label-batches", newBatch))).toBe(
      "403 region.out_of_scope",
    );
    const foreign = { ...newBatch, kind: "machines", machineIds: [firms.foreign.machine.machineId] };
    expect(codeOf(await firms.post("regulator", "/api/label-batches", foreign))).toBe(
      "403 region.out_of_scope",
    );
    const elsewhere = await firms.post("otherRegulator", `/api/labels/${machineCode}/voiding`, {
      reason: "演示",
    });
    expect(codeOf(elsewhere)).toBe("403 region.out_of_scope");
    for (const url of ["/api/labels", "/api/label-batches"])
      expect((await firms.get("otherRegulator", url)).json().total).toBe(0);
  });

  test("say which field is wrong, and that there is no such thing", async () => {
    const post = (body: object) => firms.post("operator", "/api/label-batches", body);
    expect(fieldsOf(await post({ kind: "blank", name: " ", region: county, count: 0 }))).toEqual([
      "body.name",
      "body.count",
    ]);
    expect(codeOf(await post({ kind: "blank", name: "演示", region: "999999", count: 1 }))).toBe(
      "404 region.not_found",
    );
    const unknown = { kind: "machines", name: "演示", region: otherCounty, machineIds: [nobody] };
    expect(codeOf(await post(unknown))).toBe("404 machine.not_found");
    expect(codeOf(await print("operator", nobody))).toBe("404 label_batch.not_found");
    expect(fieldsOf(await firms.post("operator", "/api/labels/ABC/voiding", { reason: "" }))).toEqual([
      "params.machineCode",
    ]);
    const forged = await forge((await labelsOf("pageSize=1"))[0].machineCode);
    expect(codeOf(await firms.post("operator", `/api/labels/${forged}/voiding`, { reason: "演示" }))).toBe(
      "404 label.not_found",
    );
    expect(fieldsOf(await firms.get("operator", "/api/labels?state=lost"))).toEqual(["query.state"]);
  });
});

/** A code of the right form that no platform made: another MAC, with its check letter put right. */
async function forge(code: string): Promise<string> {
  const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const other = code[10] === "A" ? "B" : "A";
  for (const check of letters) {
    const tried = code.slice(0, 10) + other + code.slice(11, 15) + check;
    if (parseMachineCode(tried).ok) return tried;
  }
  throw new Error("no check letter fits");
}
