import type { ChipId, EnterpriseId, MachineId, WelderId } from "@hanyouxu/protocol";
import { shanghaiDayStartMs } from "../civil-day.ts";
import type { CertificateFacts, StartFacts } from "./facts.ts";

export const exampleDay = "2026-11-23";
/** 2026-11-23 09:30 in Shanghai. */
export const exampleAtMs = shanghaiDayStartMs(exampleDay) + 9.5 * 3_600_000;

export const exampleWelder = "0198d0a0-0000-7000-8000-000000000001" as WelderId;
export const otherWelder = "0198d0a0-0000-7000-8000-000000000002" as WelderId;

export const exampleCertificate: CertificateFacts = {
  family: "emergency",
  itemId: "fusion-welding-thermal-cutting",
  status: "valid",
  validFromDay: "2024-05-01",
  validToDay: "2030-04-30",
  reviewDueDay: "2027-04-30",
};

/** A certified welder at a free, healthy machine of the own enterprise: a fresh copy that grants under the defaults. */
export function exampleFacts(atMs: number = exampleAtMs): StartFacts {
  return {
    welder: { id: exampleWelder, status: "active", isAuthorisedForMachine: true, otherMachinesHeld: 0 },
    certificates: [{ ...exampleCertificate }],
    enterprise: { id: "0198d0a0-0000-7000-8000-0000000000e1" as EnterpriseId, status: "active" },
    machine: {
      id: "0198d0a0-0000-7000-8000-0000000000a1" as MachineId,
      process: "SMAW",
      status: "in-service",
      isLocked: false,
      heldBy: null,
    },
    chip: {
      id: "abcdefghijklmnop" as ChipId,
      lastHeardAtMs: atMs - 20_000,
      isTampered: false,
      faultCode: null,
      position: {
        latitudeDegrees: 28.9,
        longitudeDegrees: 119.8,
        accuracyMetres: 5,
        fixedAtMs: atMs - 30_000,
      },
    },
    phonePosition: {
      latitudeDegrees: 28.9001,
      longitudeDegrees: 119.8001,
      accuracyMetres: 8,
      fixedAtMs: atMs - 3_000,
    },
  };
}
