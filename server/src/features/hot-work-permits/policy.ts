import type { HotWorkPermitDetail, Role } from "@hanyouxu/api";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import {
  commandOf,
  hasRole,
  isInScope,
  type Person,
  requireRole,
  requireScope,
  requireSight,
  STAFF_ROLES,
  scopeOf,
  sightOf,
} from "../sign-in/sign-in.ts";
import { roleProblem } from "./approval-checks.ts";
import { type LockedPermit, type PermitRow, selectPermits } from "./queries.ts";

const WORKERS = ["welder", "fire-watch"] as const satisfies Role[];
/** Who approves where no site owner is named: staff at the place. */
const STAFF_APPROVERS = ["station-staff", "regulator"] as const satisfies Role[];
/** Who suspends and withdraws permits of a region. */
const AUTHORITIES = ["operator", "regulator", "station-staff"] as const satisfies Role[];

type Firms = Pick<
  LockedPermit,
  "region_code" | "site_owner_enterprise_id" | "contractor_enterprise_id" | "permit_id"
>;

/** Whether the person may be the approver, his other parts on the permit not asked. */
export function answersForPlace(person: Person, permit: Firms): boolean {
  const owner = permit.site_owner_enterprise_id;
  if (owner !== null) return scopeOf(person, "enterprise-officer").enterprises.includes(owner);
  return isInScope(scopeOf(person, ...STAFF_APPROVERS), permit.region_code);
}

function mayStop(person: Person, permit: LockedPermit): boolean {
  return answersForPlace(person, permit) || isInScope(commandOf(person, AUTHORITIES), permit.region_code);
}

const isIssued = ({ status }: Pick<LockedPermit, "status">) =>
  status === "approved" || status === "suspended";

/** Who may take each step, whatever the permit's status, which is asked when the step is taken. */
const whoMay = {
  reject: answersForPlace,
  suspend: mayStop,
  resume: mayStop,
  /** The welder withdraws his own as long as it is not approved; who may stop work withdraws what was submitted. */
  void: (person: Person, permit: LockedPermit) =>
    (permit.status !== "draft" && mayStop(person, permit)) ||
    (permit.welder_person_id === person.personId && !isIssued(permit)),
  /** Everybody on the permit, and who answers for the place. */
  close: mayTest,
} as const;

/** Everybody on the permit, and who answers for the place. */
export function mayTest(person: Person, permit: LockedPermit): boolean {
  return isOnPermit(person, permit) || answersForPlace(person, permit);
}

/** @throws AppError role.forbidden */
export function requireMay(step: keyof typeof whoMay | "approve", { person, row }: VisiblePermit): void {
  // Who has another part on the permit is told so when he signs.
  const may = step === "approve" ? answersForPlace : whoMay[step];
  if (!may(person, row)) throw new AppError("role.forbidden");
}

/** What the person may do with a permit as it stands, for the screens. */
export function rightsOf(person: Person, permit: LockedPermit): HotWorkPermitDetail["may"] {
  const { status } = permit;
  const isWelder = permit.welder_person_id === person.personId;
  const isOver = !["draft", "submitted", "approved", "suspended"].includes(status);
  return {
    edit: isWelder && status === "draft",
    addGasTest: !isOver && mayTest(person, permit),
    approve:
      status === "submitted" &&
      answersForPlace(person, permit) &&
      roleProblem(permit, person.personId) === undefined,
    suspend: status === "approved" && whoMay.suspend(person, permit),
    resume: status === "suspended" && whoMay.resume(person, permit),
    void: !isOver && whoMay.void(person, permit),
    close: isIssued(permit) && whoMay.close(person, permit),
    replace: isWelder && (isIssued(permit) || status === "submitted"),
  };
}

export function isOnPermit({ personId }: Person, permit: LockedPermit): boolean {
  if (permit.welder_person_id === personId) return true;
  if (permit.status === "draft") return false;
  return permit.fire_watch_person_id === personId || permit.supervisor_person_id === personId;
}

export interface VisiblePermit {
  person: Person;
  row: PermitRow;
  /** Whether the reader may know the names of people on it at all. */
  isNamed: boolean;
}

/**
 * A permit may be seen by who is on it, and by staff within whose reach it or its firms lie; a draft only by its welder.
 * @throws AppError sign_in.required | role.forbidden | hot_work_permit.not_found | department.forbidden |
 *   region.out_of_scope
 */
export async function requireVisiblePermit(
  ctx: Pick<AppContext, "db">,
  request: Pick<FastifyRequest, "person">,
  permitId: string,
): Promise<VisiblePermit> {
  const person = requireRole(request, ...STAFF_ROLES, ...WORKERS);
  const [row] = await selectPermits(ctx.db, { permitId }, 1, 0);
  if (!row) throw new AppError("hot_work_permit.not_found");
  if (isOnPermit(person, row)) return { person, row, isNamed: true };
  if (!hasRole(person, ...STAFF_ROLES)) throw new AppError("role.forbidden");
  const firms = [row.site_owner_enterprise_id, row.contractor_enterprise_id];
  requireScope(requireSight(request, "sessions").scope, row.region_code, ...firms);
  if (row.status === "draft") throw new AppError("hot_work_permit.not_found");
  return { person, row, isNamed: isInScope(sightOf(person, "people"), row.region_code, ...firms) };
}

/** Whether the reader may see people's names in full: on the permit himself, or by right. */
export function knowsNames(person: Person, permit: LockedPermit): boolean {
  const firms = [permit.site_owner_enterprise_id, permit.contractor_enterprise_id];
  return (
    isOnPermit(person, permit) ||
    permit.approver_person_id === person.personId ||
    isInScope(sightOf(person, "people", "personal"), permit.region_code, ...firms)
  );
}
