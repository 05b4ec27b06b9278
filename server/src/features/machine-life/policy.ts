import type { MachineStep, Role } from "@hanyouxu/api";
import { type MachineStatus, machineSteps, stepProblem } from "@hanyouxu/rules";
import type { FastifyRequest } from "fastify";
import {
  commandOf,
  isInScope,
  type Person,
  requireCommand,
  requireScope,
  requireSight,
  type Scope,
  sightOf,
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
  return allowed(requireSight(request, "machines", "rows", roles));
}

function allowed({ person, scope }: { person: Person; scope: Scope }): Allowed {
  return {
    person,
    scope,
    requireReach: ({ region_code, enterprise_id }) => requireScope(scope, region_code, enterprise_id),
  };
}

export const requireRegistrar = (request: Pick<FastifyRequest, "person">) =>
  requireWithin(request, REGISTRARS);

/** A step ends or allows work as a lock does: of staff, only departments that may command take one. */
export const requireStepTaker = (request: Pick<FastifyRequest, "person">, step: MachineStep) =>
  allowed(requireCommand(request, STEP_ROLES[step]));

export const requireLifeRole = (request: Pick<FastifyRequest, "person">) =>
  requireWithin(request, LIFE_ROLES);

/** Takes and declines machines: the receiving firm's own officer and nobody for him. */
export const requireReceiver = (request: Pick<FastifyRequest, "person">) =>
  requireWithin(request, ["enterprise-officer"]);

export function mayKeepRegister(person: Person, place: Place): boolean {
  return isInScope(sightOf(person, "machines", "rows", REGISTRARS), place.region_code, place.enterprise_id);
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
      isInScope(commandOf(person, roles), machine.region_code, machine.enterprise_id)
    );
  });
}
