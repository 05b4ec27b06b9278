import type { MachineStep, Role } from "@hanyouxu/api";
import { type MachineStatus, machineSteps, stepProblem } from "@hanyouxu/rules";
import type { FastifyRequest } from "fastify";
import {
  hasRole,
  isInScope,
  type Person,
  requireRole,
  requireScope,
  type Scope,
  scopeOf,
} from "../sign-in/sign-in.ts";

/** Who keeps the register of machines: a firm its own, staff those of their regions. */
const REGISTRARS = ["enterprise-officer", "operator", "regulator"] as const satisfies Role[];

const STEP_ROLES: Readonly<Record<MachineStep, readonly Role[]>> = {
  // Only who can see that relay and chip work puts a machine into service.
  commission: ["installer", "operator", "regulator"],
  "send-to-repair": ["enterprise-officer", "installer", "station-staff", "operator", "regulator"],
  "return-to-service": ["enterprise-officer", "installer", "operator", "regulator"],
  scrap: REGISTRARS,
};

/** Everybody to whom some step is open: they may look at a machine's chips. */
const LIFE_ROLES = ["enterprise-officer", "installer", "station-staff", "operator", "regulator"] as const;

interface Place {
  region_code: string;
  enterprise_id: string;
}

interface Allowed {
  person: Person;
  scope: Scope;
  /** @throws AppError region.out_of_scope */
  requireReach(place: Place): void;
}

function requireWithin(request: Pick<FastifyRequest, "person">, roles: readonly Role[]): Allowed {
  const person = requireRole(request, ...roles);
  const scope = scopeOf(person, ...roles);
  return {
    person,
    scope,
    requireReach: ({ region_code, enterprise_id }) => requireScope(scope, region_code, enterprise_id),
  };
}

export const requireRegistrar = (request: Pick<FastifyRequest, "person">) =>
  requireWithin(request, REGISTRARS);

export const requireStepTaker = (request: Pick<FastifyRequest, "person">, step: MachineStep) =>
  requireWithin(request, STEP_ROLES[step]);

export const requireLifeRole = (request: Pick<FastifyRequest, "person">) =>
  requireWithin(request, LIFE_ROLES);

/** Takes and declines machines: the receiving firm's own officer and nobody for him. */
export const requireReceiver = (request: Pick<FastifyRequest, "person">) =>
  requireWithin(request, ["enterprise-officer"]);

export function mayKeepRegister(person: Person, place: Place): boolean {
  return (
    hasRole(person, ...REGISTRARS) &&
    isInScope(scopeOf(person, ...REGISTRARS), place.region_code, place.enterprise_id)
  );
}

/** The steps that are possible now and open to the person. */
export function openSteps(
  person: Person,
  machine: Place & { status: MachineStatus; chip_id: string | null; work_session_id: string | null },
): MachineStep[] {
  const state = {
    status: machine.status,
    hasChip: machine.chip_id !== null,
    isHeld: machine.work_session_id !== null,
  };
  return machineSteps.filter((step) => {
    const roles = STEP_ROLES[step];
    return (
      stepProblem(step, state) === undefined &&
      isInScope(scopeOf(person, ...roles), machine.region_code, machine.enterprise_id)
    );
  });
}
