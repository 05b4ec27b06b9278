import { generateKeyPairSync, type KeyObject, sign, X509Certificate } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChipId, chipIdFromSpki, type MachineId, type RegionCode } from "@hanyouxu/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chipCsr } from "../src/broker/test-chip.ts";
import { sha256 } from "../src/device-ca/chip-csr.ts";
import { type DeviceAuthority, openDeviceAuthority } from "../src/device-ca/device-authority.ts";
import { X509Crl } from "../src/device-ca/x509.ts";
import {
  RevokedChips,
  renewalProofText,
  revocationListOf,
} from "../src/features/chip-enrolment/chip-enrolment.ts";
import { registerChipEnrolment } from "../src/features/chip-enrolment/routes.ts";
import { type TestApp, withApp } from "./app.ts";
import { engines } from "./database.ts";

const REGION = "330723";
const brokerUrl = "mqtts://chips.example:8883";

interface Chip {
  csr: string;
  chipId: ChipId;
  privateKey: KeyObject;
}

async function newChip(): Promise<Chip> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
  const csr = Buffer.from(await chipCsr(privateKey, publicKey)).toString("base64");
  return { csr, privateKey, chipId: chipIdFromSpki(sha256, spki) };
}

describe.each(engines)("chip enrolment on %s", (engine) => {
  let dir: string;
  let app: TestApp;
  let authority: DeviceAuthority;
  let installer: string;
  let operator: string;
  let machineId: MachineId;
  const cutOff: ChipId[] = [];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "hanyouxu-enrolment-"));
    app = await withApp(engine, {
      async register(http, ctx) {
        authority = await openDeviceAuthority(dir, ctx.clock);
        const onRevoked = (chipId: ChipId) => void cutOff.push(chipId);
        registerChipEnrolment(http, ctx, { authority, chipBrokerUrl: () => brokerUrl, onRevoked });
      },
    });
  });
  afterAll(async () => {
    await app.close();
    await rm(dir, { recursive: true });
  });
  beforeEach(async () => {
    installer = (await app.signInAs("installer", { region: REGION })).cookie;
    operator = (await app.signInAs("operator", { region: REGION })).cookie;
    machineId = await addMachine(REGION);
    // Addresses are limited to sixty calls a minute.
    app.clock.advance(60_000);
  });

  async function addMachine(region: string): Promise<MachineId> {
    const { ctx } = app;
    const created_at = new Date(ctx.clock.nowMs());
    const [enterprise_id, machine_id] = [ctx.newId(), ctx.newId()] as [never, MachineId];
    await ctx.db
      .insertInto("enterprises")
      .values({
        enterprise_id,
        name: "演示企业",
        uscc: null,
        industry: null,
        region_code: region as RegionCode,
        status: "active",
        created_at,
      })
      .execute();
    await ctx.db
      .insertInto("machines")
      .values({
        machine_id,
        machine_code: machine_id.replaceAll("-", "") as never,
        enterprise_id,
        region_code: region as RegionCode,
        name: "演示焊机",
        model: "ZX7-400",
        process: "smaw",
        is_mobile: false,
        status: "registered",
        lock_reason: null,
        chip_id: null,
        home_latitude_degrees: null,
        home_longitude_degrees: null,
        created_at,
      })
      .execute();
    return machine_id;
  }

  async function newToken(machine = machineId, body: object = {}): Promise<string> {
    const answer = await app.call("POST", "/api/chip-enrolment-tokens", {
      cookie: installer,
      body: { machineId: machine, ...body },
    });
    expect(answer.statusCode).toBe(201);
    return answer.json().enrolmentToken;
  }

  const enrol = (csr: string, enrolmentToken: string) =>
    app.call("POST", "/api/chip-enrolments", { body: { csr, enrolmentToken } });

  async function enrolled(chip: Chip, machine = machineId) {
    const answer = await enrol(chip.csr, await newToken(machine));
    expect(answer.statusCode).toBe(201);
    return answer.json();
  }

  const chipOf = async (machine: MachineId) => {
    const row = app.ctx.db.selectFrom("machines").select("chip_id").where("machine_id", "=", machine);
    return (await row.executeTakeFirstOrThrow()).chip_id;
  };

  describe("a token", () => {
    const issue = (cookie: string | undefined, body: object) =>
      app.call("POST", "/api/chip-enrolment-tokens", { ...(cookie ? { cookie } : {}), body });

    it("is given to an installer of the machine's region, and stored as a digest only", async () => {
      const answer = await issue(installer, { machineId, validHours: 2 });
      expect(answer.statusCode).toBe(201);
      const { enrolmentToken, expiresAt } = answer.json();
      expect(Date.parse(expiresAt)).toBe(app.clock.nowMs() + 2 * 3_600_000);
      const rows = await app.ctx.db.selectFrom("enrolment_tokens").selectAll().execute();
      expect(
        rows.some(({ token_digest }) =>
          Buffer.from(token_digest).equals(sha256(Buffer.from(enrolmentToken))),
        ),
      ).toBe(true);
      expect(JSON.stringify(rows)).not.toContain(enrolmentToken);
    });

    it("is refused to strangers, to other roles and outside the region", async () => {
      expect((await issue(undefined, { machineId })).statusCode).toBe(401);
      const welder = await app.signInAs("welder", { region: REGION });
      expect((await issue(welder.cookie, { machineId })).json().error.code).toBe("role.forbidden");
      const elsewhere = await app.signInAs("installer", { region: "330782" });
      expect((await issue(elsewhere.cookie, { machineId })).json().error.code).toBe("region.out_of_scope");
    });

    it("is refused for a machine that does not exist, and for wrong fields by name", async () => {
      expect((await issue(installer, { machineId: app.ctx.newId() })).statusCode).toBe(404);
      const wrong = await issue(installer, { machineId: "1", validHours: 1000 });
      expect(wrong.statusCode).toBe(400);
      expect(wrong.body).toContain("machineId");
      expect(wrong.body).toContain("validHours");
    });
  });

  describe("enrolling", () => {
    it("certifies the chip, puts it into the machine and tells it whom to trust", async () => {
      const chip = await newChip();
      const answer = await enrolled(chip);
      expect(answer).toMatchObject({ chipId: chip.chipId, brokerUrl });
      expect(answer.machineCode).toBe(machineId.replaceAll("-", ""));
      const certificate = new X509Certificate(answer.certificatePem);
      expect(certificate.subject).toBe(`CN=${chip.chipId}`);
      expect(certificate.verify(new X509Certificate(answer.caCertificatePem).publicKey)).toBe(true);
      expect(answer.platformKeys).toEqual(
        app.ctx.keys.trusted.map(({ algorithm, keyId, spki }) => ({
          algorithm,
          keyId: Buffer.from(keyId).toString("hex"),
          spki: Buffer.from(spki).toString("base64"),
        })),
      );
      expect(await chipOf(machineId)).toBe(chip.chipId);
      const audited = await app.ctx.db
        .selectFrom("audit_log")
        .select("action")
        .where("subject", "=", `chip:${chip.chipId}`)
        .orderBy("seq")
        .execute();
      expect(audited.map(({ action }) => action)).toEqual(["chip_enrolment.enrolled"]);
    });

    it("takes a token once, even when it is used many times at the same moment", async () => {
      const token = await newToken();
      const chips = await Promise.all(Array.from({ length: 5 }, newChip));
      const answers = await Promise.all(chips.map((chip) => enrol(chip.csr, token)));
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 401, 401, 401, 401]);
      const winner = answers.find(({ statusCode }) => statusCode === 201)!.json();
      expect(await chipOf(machineId)).toBe(winner.chipId);
    });

    it("refuses an expired and an unknown token alike", async () => {
      const chip = await newChip();
      const token = await newToken(machineId, { validHours: 1 });
      app.clock.advance(3_600_000);
      for (const wrong of [token, "x".repeat(32)]) {
        const answer = await enrol(chip.csr, wrong);
        expect([answer.statusCode, answer.json().error.code]).toEqual([401, "chip_enrolment.token_invalid"]);
      }
    });

    it("refuses a wrong request without using up the token", async () => {
      const token = await newToken();
      const refused = await enrol(Buffer.from("not a request").toString("base64"), token);
      expect(refused.statusCode).toBe(400);
      expect(refused.json().error).toMatchObject({
        code: "chip_enrolment.csr_invalid",
        details: { reason: "csr-malformed" },
      });
      expect((await enrol("%%%", token)).body).toContain("csr");
      expect((await enrol((await newChip()).csr, token)).statusCode).toBe(201);
    });

    it("replaces the machine's chip, and takes a chip out of the machine it was in", async () => {
      const [first, second] = [await newChip(), await newChip()];
      await enrolled(first);
      await enrolled(second);
      expect(await chipOf(machineId)).toBe(second.chipId);
      const other = await addMachine(REGION);
      await enrolled(second, other);
      expect([await chipOf(machineId), await chipOf(other)]).toEqual([null, second.chipId]);
    });

    it("does not touch the chip of a machine at work", async () => {
      const chip = await newChip();
      await enrolled(chip);
      await holdMachine(machineId, chip.chipId);
      const answer = await enrol((await newChip()).csr, await newToken());
      expect([answer.statusCode, answer.json().error.code]).toEqual([409, "chip_enrolment.machine_held"]);
      expect(await chipOf(machineId)).toBe(chip.chipId);
    });
  });

  describe("renewing", () => {
    async function renew(chip: Chip, certificatePem: string, change: Record<string, string> = {}) {
      const { nonce } = (await app.call("POST", "/api/chip-enrolments/renewal-nonces")).json();
      const text = renewalProofText(nonce, Buffer.from(chip.csr, "base64"));
      const proof = sign("sha256", text, { key: chip.privateKey, dsaEncoding: "ieee-p1363" }).toString(
        "base64",
      );
      const body = { csr: chip.csr, certificatePem, nonce, proof, ...change };
      return await app.call("POST", "/api/chip-enrolments/renew", { body });
    }

    it("gives the holder of the key a later certificate", async () => {
      const chip = await newChip();
      const { certificatePem, validTo } = await enrolled(chip);
      app.clock.advance(86_400_000);
      const answer = await renew(chip, certificatePem);
      expect(answer.statusCode).toBe(200);
      expect(Date.parse(answer.json().validTo)).toBe(Date.parse(validTo) + 86_400_000);
      const row = await app.ctx.db
        .selectFrom("chips")
        .select("certificate_serial")
        .where("chip_id", "=", chip.chipId)
        .executeTakeFirstOrThrow();
      const serial = new X509Certificate(answer.json().certificatePem).serialNumber.toLowerCase();
      expect(row.certificate_serial).toBe(serial);
    });

    it("refuses a stale or invented nonce, a foreign signature and somebody else's certificate", async () => {
      const [chip, other] = [await newChip(), await newChip()];
      const { certificatePem } = await enrolled(chip);
      const othersPem = (await enrolled(other, await addMachine(REGION))).certificatePem;
      const { nonce } = (await app.call("POST", "/api/chip-enrolments/renewal-nonces")).json();
      app.clock.advance(5 * 60_000);
      const code = async (promise: ReturnType<typeof renew>) => {
        const answer = await promise;
        return [answer.statusCode, answer.json().error.code];
      };
      expect(await code(renew(chip, certificatePem, { nonce }))).toEqual([
        401,
        "chip_enrolment.nonce_invalid",
      ]);
      expect(await code(renew(chip, certificatePem, { nonce: "A".repeat(46) }))).toEqual([
        401,
        "chip_enrolment.nonce_invalid",
      ]);
      expect(await code(renew({ ...chip, privateKey: other.privateKey }, certificatePem))).toEqual([
        401,
        "chip_enrolment.proof_invalid",
      ]);
      expect(await code(renew(chip, othersPem))).toEqual([401, "chip_enrolment.certificate_invalid"]);
      expect(await code(renew(chip, "no certificate"))).toEqual([401, "chip_enrolment.certificate_invalid"]);
    });

    it("names the fields of a wrong request", async () => {
      const answer = await app.call("POST", "/api/chip-enrolments/renew", { body: { csr: 7, proof: "" } });
      expect(answer.statusCode).toBe(400);
      for (const field of ["csr", "certificatePem", "nonce"]) expect(answer.body).toContain(field);
    });
  });

  describe("revoking", () => {
    const revoke = (cookie: string | undefined, chipId: string, body: object = { reason: "被盗" }) =>
      app.call("POST", `/api/chips/${chipId}/revocation`, { ...(cookie ? { cookie } : {}), body });

    it("ends the chip's trust: no connection, no renewal, no new enrolment, named in the list", async () => {
      const chip = await newChip();
      const { certificatePem } = await enrolled(chip);
      expect((await revoke(operator, chip.chipId)).statusCode).toBe(204);
      expect(cutOff).toContain(chip.chipId);
      const revoked = new RevokedChips();
      await revoked.load(app.ctx);
      expect(revoked.has(chip.chipId)).toBe(true);
      const again = await enrol(chip.csr, await newToken());
      expect([again.statusCode, again.json().error.code]).toEqual([409, "chip_enrolment.chip_revoked"]);
      const list = await revocationListOf(app.ctx, authority);
      expect(list).toContain("X509 CRL");
      const serial = new X509Certificate(certificatePem).serialNumber.toLowerCase();
      expect(new X509Crl(list).findRevoked(serial)).not.toBeNull();
    });

    it("is refused to strangers, installers and operators of another region", async () => {
      const chip = await newChip();
      await enrolled(chip);
      expect((await revoke(undefined, chip.chipId)).statusCode).toBe(401);
      expect((await revoke(installer, chip.chipId)).json().error.code).toBe("role.forbidden");
      const elsewhere = await app.signInAs("operator", { region: "330782" });
      expect((await revoke(elsewhere.cookie, chip.chipId)).json().error.code).toBe("region.out_of_scope");
    });

    it("is refused for an unknown chip, a wrong id and an empty reason", async () => {
      expect((await revoke(operator, "a".repeat(16))).statusCode).toBe(404);
      expect((await revoke(operator, "A".repeat(16))).body).toContain("chipId");
      expect((await revoke(operator, "a".repeat(16), { reason: " " })).body).toContain("reason");
    });
  });

  async function holdMachine(machine: MachineId, chipId: ChipId): Promise<void> {
    const { ctx } = app;
    const now = new Date(ctx.clock.nowMs());
    const [welder_id, decision_id] = [ctx.newId(), ctx.newId()] as never[];
    const { enterprise_id } = await ctx.db
      .selectFrom("machines")
      .select("enterprise_id")
      .where("machine_id", "=", machine)
      .executeTakeFirstOrThrow();
    const region_code = REGION as RegionCode;
    await ctx.db
      .insertInto("welders")
      .values({
        welder_id: welder_id!,
        person_id: await app.addPerson(),
        pseudonym: Buffer.from(ctx.random(8)).toString("hex"),
        identity_ciphertext: null,
        identity_index: null,
        region_code,
        status: "active",
        created_at: now,
      })
      .execute();
    await ctx.db
      .insertInto("decisions")
      .values({
        decision_id: decision_id!,
        decided_at: now,
        welder_id: welder_id!,
        machine_id: machine,
        region_code,
        outcome: "grant",
        reasons: "[]" as never,
        facts: "{}" as never,
        policy: "{}" as never,
        packs_digest: "",
        digest: "",
      })
      .execute();
    await ctx.db
      .insertInto("work_sessions")
      .values({
        work_session_id: ctx.newId() as never,
        machine_id: machine,
        chip_id: chipId,
        welder_id: welder_id!,
        enterprise_id,
        region_code,
        decision_id: decision_id!,
        status: "energised",
        granted_at: now,
        accept_by: now,
        expires_at: new Date(now.getTime() + 3_600_000),
      } as never)
      .execute();
  }
});
