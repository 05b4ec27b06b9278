import type { MachineCode, PersonId } from "@hanyouxu/protocol";
import { bytesToHex } from "@hanyouxu/protocol";
import type { AppContext } from "../../context.ts";
import { base64Of } from "../../db/bulk.ts";
import type {
  RegisteredCertificate,
  RegisteredEnterprise,
  RegisteredFireWatch,
  RegisteredMachine,
  RegisteredPerson,
  RegisteredRegion,
  RegisteredWelder,
} from "./register.ts";

type SealContext = Pick<AppContext, "clock" | "random" | "newId" | "personalData">;

/** Rows of the register as `inserts.ts` takes them: JSON, personal data sealed, bytes in base64. */
export function registerRows(ctx: SealContext) {
  const created_at = new Date(ctx.clock.nowMs()).toISOString();
  const seal = (field: "name" | "phone" | "identity-number" | "certificate-number", text: string) =>
    base64Of(ctx.personalData.seal(field, text));
  const index = (field: "phone" | "identity-number" | "certificate-number", text: string) =>
    base64Of(ctx.personalData.blindIndex(field, text));
  return {
    seal,
    index,
    region: (region: RegisteredRegion) => ({
      code: region.code,
      parent: region.parentCode,
      name: region.name,
      latitude: region.latitudeDegrees,
      longitude: region.longitudeDegrees,
    }),
    enterprise: ({ enterpriseId, name, uscc, industry, regionCode, ...more }: RegisteredEnterprise) => ({
      enterprise_id: enterpriseId,
      name,
      uscc,
      industry,
      region_code: regionCode,
      is_welding: more.roles?.includes("welding") ?? true,
      is_site_owner: more.roles?.includes("site-owner") ?? false,
      type: more.type,
      domain: more.domain,
      staff_count: more.staffCount,
      latitude: more.place?.latitudeDegrees,
      longitude: more.place?.longitudeDegrees,
      address: more.address,
      created_at,
    }),
    person: ({ personId, name, phone }: Omit<RegisteredPerson, "roles">) => ({
      person_id: personId,
      name: seal("name", name),
      phone: phone === null ? null : seal("phone", phone),
      phone_index: phone === null ? null : index("phone", phone),
      created_at,
    }),
    role: (personId: PersonId, { role, region, enterpriseId }: RegisteredPerson["roles"][number]) => ({
      role_grant_id: ctx.newId(),
      person_id: personId,
      role,
      region_code: region,
      enterprise_id: enterpriseId,
      granted_at: created_at,
    }),
    fireWatch: ({ personId, enterpriseId, trainedOn, trainedTo, addedBy }: RegisteredFireWatch) => ({
      fire_watch_id: ctx.newId(),
      person_id: personId,
      enterprise_id: enterpriseId,
      trained_on: trainedOn,
      trained_to: trainedTo,
      added_by: addedBy,
      created_at,
    }),
    welder: ({ welderId, personId, identityNumber, regionCode }: WelderRow) => ({
      welder_id: welderId,
      person_id: personId,
      pseudonym: bytesToHex(ctx.random(8)),
      identity: seal("identity-number", identityNumber),
      identity_index: index("identity-number", identityNumber),
      region_code: regionCode,
      created_at,
    }),
    certificate: (welderId: string, certificate: RegisteredCertificate) => ({
      certificate_id: ctx.newId(),
      welder_id: welderId,
      family: certificate.family,
      item: certificate.item,
      number: seal("certificate-number", certificate.number),
      number_index: index("certificate-number", certificate.number),
      valid_from: certificate.validFrom,
      valid_to: certificate.validTo,
      review_due_on: certificate.reviewDueOn,
      status: certificate.status,
    }),
    machine: (machine: RegisteredMachine, code: MachineCode) => ({
      machine_id: machine.machineId,
      machine_code: code,
      enterprise_id: machine.enterpriseId,
      region_code: machine.regionCode,
      name: machine.name,
      model: machine.model,
      process: machine.process,
      is_mobile: machine.isMobile,
      status: machine.status ?? "in-service",
      serial_number: machine.serialNumber ?? null,
      latitude: machine.home?.latitudeDegrees ?? null,
      longitude: machine.home?.longitudeDegrees ?? null,
      created_at,
    }),
  };
}

type WelderRow = Omit<RegisteredWelder, "enterpriseIds" | "certificates">;
