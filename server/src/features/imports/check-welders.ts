import type { PersonId, RegionCode, WelderId } from "@hanyouxu/protocol";
import { registerRows } from "../register/register.ts";
import { isInScope, type Scope } from "../sign-in/sign-in.ts";
import { type CheckContext, FirstRows, type MakeChecker, type Outcome, type StagedData } from "./checker.ts";
import type { Places } from "./places.ts";
import { type EnterpriseRow, selectEnterprisesByUscc } from "./queries.ts";
import type { RowReader } from "./row-reader.ts";
import { type KnownCertificate, type KnownWelder, selectKnownWelders } from "./welder-queries.ts";
import { type ReadCertificate, readWelder } from "./welder-rows.ts";

type Read = ReturnType<typeof readWelder>;

/** A person of this file whose first good row has made him ready: further rows add certificates and memberships. */
interface NewWelder {
  row: number;
  welderId: WelderId;
  name: string;
  phone: string | undefined;
  region: RegionCode;
  enterprises: string[];
}

/** Welders are recognised by the blind index of their identity number, certificates by that of their number. */
export const checkWelders: MakeChecker = (ctx, scope, places) => {
  const check = new WelderCheck(ctx, scope, places);
  return { check: (rows) => check.part(rows) };
};

class WelderCheck {
  readonly #ctx: CheckContext;
  readonly #scope: Scope;
  readonly #places: Places;
  readonly #rowsOf: ReturnType<typeof registerRows>;
  readonly #newWelders = new Map<string, NewWelder>();
  readonly #firstRows = new FirstRows();
  readonly #phoneOwners = new Map<string, { identityNumber: string; row: number }>();
  readonly #certificateOwners = new Map<string, string>();

  constructor(ctx: CheckContext, scope: Scope, places: Places) {
    this.#ctx = ctx;
    this.#scope = scope;
    this.#places = places;
    this.#rowsOf = registerRows(ctx);
  }

  async part(rows: readonly RowReader[]): Promise<(Outcome | undefined)[]> {
    const { db } = this.#ctx;
    const values = rows.map(readWelder);
    const enterprises = await selectEnterprisesByUscc(
      db,
      values.flatMap(({ uscc }) => uscc ?? []),
    );
    const index = this.#rowsOf.index;
    const keys = values.map(({ identityNumber, phone, certificate }) => ({
      identity: identityNumber && index("identity-number", identityNumber),
      phone: phone && index("phone", phone),
      certificate: certificate && index("certificate-number", certificate.number),
    }));
    const known = await selectKnownWelders(db, {
      identities: keys.flatMap(({ identity }) => identity ?? []),
      phones: keys.flatMap(({ phone }) => phone ?? []),
      certificates: keys.flatMap(({ certificate }) => certificate ?? []),
      ownEnterprises: this.#scope.enterprises,
    });
    return rows.map((row, at) => {
      const value = values[at]!;
      const key = keys[at]!;
      const enterprise = enterprises.get(value.uscc ?? "");
      const welder = known.welders.get(key.identity ?? "");
      const phoneOwner = known.phoneOwners.get(key.phone ?? "");
      const certificate = known.certificates.get(`${value.certificate?.family} ${key.certificate}`);
      this.#judgeFile(row, value);
      if (value.uscc !== undefined && !enterprise) row.wrong("enterpriseUscc", "enterprise_unknown");
      if (enterprise && !isInScope(this.#scope, enterprise.region_code, enterprise.enterprise_id))
        row.wrong("enterpriseUscc", "out_of_scope");
      if (phoneOwner !== undefined && phoneOwner !== welder?.person_id) row.wrong("phone", "phone_taken");
      if (certificate && certificate.welder_id !== welder?.welder_id)
        row.wrong("certificateNumber", "certificate_taken");
      const { name, identityNumber } = value;
      if (!name || !identityNumber || (value.hasCertificate && !value.certificate)) {
        this.#places.regionOf(row, welder?.region_code);
        return undefined;
      }
      return welder
        ? this.#judgeKnown(
            row,
            { ...value, name },
            { welder, enterprise, certificate, phoneIndex: key.phone },
          )
        : this.#judgeNew(row, { ...value, name, identityNumber }, enterprise);
    });
  }

  /** What another row of the same file says about the same person, phone or certificate. */
  #judgeFile(row: RowReader, { identityNumber, phone, certificate }: Read): void {
    if (!identityNumber) return;
    const key = `${identityNumber} ${certificate ? `${certificate.family} ${certificate.number}` : ""}`;
    const earlier = this.#firstRows.earlier(key, row.rowNumber);
    if (earlier !== undefined)
      row.wrong(certificate ? "certificateNumber" : "identityNumber", "duplicate_in_file", { row: earlier });
    if (phone !== undefined) {
      const owner = this.#phoneOwners.get(phone);
      if (owner && owner.identityNumber !== identityNumber)
        row.wrong("phone", "duplicate_in_file", { row: owner.row });
      else if (!owner) this.#phoneOwners.set(phone, { identityNumber, row: row.rowNumber });
    }
    if (certificate) {
      const number = `${certificate.family} ${certificate.number}`;
      const owner = this.#certificateOwners.get(number);
      if (owner !== undefined && owner !== identityNumber)
        row.wrong("certificateNumber", "certificate_taken");
      else this.#certificateOwners.set(number, identityNumber);
    }
  }

  #judgeNew(
    row: RowReader,
    value: Read & { name: string; identityNumber: string },
    enterprise: EnterpriseRow | undefined,
  ): Outcome | undefined {
    const { name, identityNumber, phone, certificate } = value;
    const before = this.#newWelders.get(identityNumber);
    // Of an unknown enterprise nobody knows where it is: one error says enough.
    if (value.uscc !== undefined && !enterprise && row.isEmpty("region") && row.isEmpty("township"))
      return undefined;
    const region = this.#places.regionOf(row, before?.region ?? enterprise?.region_code);
    if (region === undefined) return undefined;
    if (!isInScope(this.#scope, region, enterprise?.enterprise_id)) row.wrong("region", "out_of_scope");
    if (before) {
      if (before.name !== name) row.wrong("name", "differs_in_file", { row: before.row });
      if (phone !== undefined && phone !== before.phone)
        row.wrong("phone", "differs_in_file", { row: before.row });
      if (region !== before.region) row.wrong("region", "differs_in_file", { row: before.row });
    }
    if (row.hasErrors()) return undefined;
    const data: StagedData = {};
    const welderId = before?.welderId ?? (this.#ctx.newId() as WelderId);
    if (!before) {
      const personId = this.#ctx.newId() as PersonId;
      const regionCode = region;
      data.persons = [this.#rowsOf.person({ personId, name, phone: phone ?? null })];
      data.roles = [this.#rowsOf.role(personId, { role: "welder", region: null, enterpriseId: null })];
      data.welders = [this.#rowsOf.welder({ welderId, personId, identityNumber, regionCode })];
      this.#newWelders.set(identityNumber, {
        row: row.rowNumber,
        welderId,
        name,
        phone,
        region,
        enterprises: [],
      });
    }
    const employers = this.#newWelders.get(identityNumber)!.enterprises;
    if (enterprise && !employers.includes(enterprise.enterprise_id)) {
      employers.push(enterprise.enterprise_id);
      data.memberships = [{ welder_id: welderId, enterprise_id: enterprise.enterprise_id }];
    }
    if (certificate)
      data.certificates = [this.#rowsOf.certificate(welderId, { ...certificate, status: "valid" })];
    return { fate: "insert", data };
  }

  #judgeKnown(
    row: RowReader,
    value: Read & { name: string },
    known: {
      welder: KnownWelder;
      enterprise: EnterpriseRow | undefined;
      certificate: KnownCertificate | undefined;
      phoneIndex: string | undefined;
    },
  ): Outcome | undefined {
    const { welder, enterprise, certificate, phoneIndex } = known;
    const region = this.#places.regionOf(row, welder.region_code);
    // Who may not reach the person learns nothing more about him from the other columns.
    if (!isInScope(this.#scope, welder.region_code) && !welder.is_own)
      return row.wrong("identityNumber", "out_of_scope");
    if (region === undefined) return undefined;
    if (region !== welder.region_code && !isInScope(this.#scope, region, enterprise?.enterprise_id))
      row.wrong("region", "out_of_scope");
    const storedName = this.#ctx.personalData.open("name", welder.name_ciphertext);
    if (storedName !== value.name) row.wrong("name", "name_differs");
    // A phone is a way to sign in: whoever could change another's by a sheet could be him.
    if (phoneIndex !== undefined && welder.phone_index !== null && welder.phone_index !== phoneIndex)
      row.wrong("phone", "phone_differs");
    if (row.hasErrors()) return undefined;
    const data: StagedData = {};
    if (phoneIndex !== undefined && welder.phone_index === null) {
      const phone = this.#rowsOf.seal("phone", value.phone!);
      data.phoneChanges = [{ person_id: welder.person_id, phone, phone_index: phoneIndex }];
    }
    if (region !== welder.region_code)
      data.welderChanges = [{ welder_id: welder.welder_id, region_code: region }];
    if (enterprise && !welder.enterprise_ids.includes(enterprise.enterprise_id))
      data.memberships = [{ welder_id: welder.welder_id, enterprise_id: enterprise.enterprise_id }];
    if (value.certificate)
      Object.assign(data, this.#certificate(welder.welder_id, value.certificate, certificate));
    return { fate: Object.keys(data).length > 0 ? "update" : "same", data };
  }

  #certificate(welderId: WelderId, read: ReadCertificate, known: KnownCertificate | undefined): StagedData {
    if (!known) return { certificates: [this.#rowsOf.certificate(welderId, { ...read, status: "valid" })] };
    const { item, validFrom, validTo } = read;
    const reviewDueOn = read.reviewDueOn ?? known.review_due_on;
    const isSame =
      known.item === item &&
      known.valid_from === validFrom &&
      known.valid_to === validTo &&
      known.review_due_on === reviewDueOn;
    if (isSame) return {};
    return {
      certificateChanges: [
        {
          certificate_id: known.certificate_id,
          item,
          valid_from: validFrom,
          valid_to: validTo,
          review_due_on: reviewDueOn,
        },
      ],
    };
  }
}
