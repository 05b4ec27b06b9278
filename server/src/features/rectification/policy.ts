import type { RectificationAct, Role } from "@hanyouxu/api";
import type { EnterpriseId } from "@hanyouxu/protocol";
import type { FastifyRequest } from "fastify";
import type { AppContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import {
  commandOf,
  isInScope,
  type Person,
  requireCommand,
  requireRole,
  requireScope,
  requireSight,
  scopeOf,
} from "../sign-in/sign-in.ts";
import type { Actor } from "./change-rectification.ts";
import { type RectificationRow, selectRectifications } from "./queries.ts";

type Caller = Pick<FastifyRequest, "person">;

/** Who orders, re-inspects and takes back, for regions that they command machines in. */
export const RECTIFICATION_ROLES = ["operator", "regulator", "station-staff"] as const satisfies Role[];

async function requireRow(
  { db }: Pick<AppContext, "db">,
  rectificationId: string,
): Promise<RectificationRow> {
  const [row] = await selectRectifications(db, { rectificationId }, 1, 0);
  if (!row) throw new AppError("rectification.not_found");
  return row;
}

/**
 * An order, for staff of its region and officers of its firm.
 * @throws AppError sign_in.required | role.forbidden | department.forbidden | rectification.not_found |
 *   region.out_of_scope
 */
export async function requireVisible(
  ctx: Pick<AppContext, "db">,
  request: Caller,
  rectificationId: string,
): Promise<{ person: Person; row: RectificationRow }> {
  const { person, scope } = requireSight(request, "alarms");
  const row = await requireRow(ctx, rectificationId);
  requireScope(scope, row.region_code, row.enterprise_id);
  return { person, row };
}

/** An order that the caller commands. @throws AppError as above | department.may_not_command */
export async function requireCommanded(
  ctx: Pick<AppContext, "db">,
  request: Caller,
  rectificationId: string,
): Promise<{ person: Person; row: RectificationRow; actor: Actor }> {
  const { person, scope } = requireCommand(request, RECTIFICATION_ROLES);
  const row = await requireRow(ctx, rectificationId);
  requireScope(scope, row.region_code);
  return { person, row, actor: commandingActor(person, row.region_code) };
}

export function commandingActor(person: Person, region: string): Actor {
  const role = RECTIFICATION_ROLES.find((one) => isInScope(commandOf(person, [one]), region))!;
  return { personId: person.personId, role };
}

/** The firms that a person is an officer of. */
export function ownFirms(person: Person): readonly EnterpriseId[] {
  return scopeOf(person, "enterprise-officer").enterprises;
}

/** An order to a firm of the caller's; a stranger's is none. @throws AppError role.forbidden | rectification.not_found */
export async function requireOwn(
  ctx: Pick<AppContext, "db">,
  request: Caller,
  rectificationId: string,
): Promise<{ person: Person; row: RectificationRow; actor: Actor }> {
  const person = requireRole(request, "enterprise-officer");
  const row = await requireRow(ctx, rectificationId);
  if (!ownFirms(person).includes(row.enterprise_id)) throw new AppError("rectification.not_found");
  return { person, row, actor: { personId: person.personId, role: "enterprise-officer" } };
}

/** Whether the person may see it at all. */
export function maySee(person: Person, row: RectificationRow): boolean {
  return (
    ownFirms(person).includes(row.enterprise_id) ||
    isInScope(scopeOf(person, ...RECTIFICATION_ROLES), row.region_code)
  );
}

/** What the person may do about it now; whether it can be appealed is asked when it is. */
export function mayDoAbout(
  person: Person,
  row: RectificationRow,
  { nowMs, mayAppeal }: { nowMs: number; mayAppeal: boolean },
): RectificationAct[] {
  const isIssued = row.status === "issued";
  const isOwn = ownFirms(person).includes(row.enterprise_id);
  const commands = isInScope(commandOf(person, RECTIFICATION_ROLES), row.region_code);
  const isAsked = row.extension_until !== null;
  const acts: Record<RectificationAct, boolean> = {
    answer: isOwn && isIssued,
    submit: isOwn && isIssued,
    "ask-extension": isOwn && isIssued && !isAsked && row.due_at.getTime() > nowMs,
    "decide-extension": commands && isIssued && isAsked,
    reinspect: commands && row.status === "answered",
    cancel: commands && row.ended_at === null,
    appeal: isOwn && mayAppeal && row.ended_at === null,
  };
  return (Object.keys(acts) as RectificationAct[]).filter((act) => acts[act]);
}
