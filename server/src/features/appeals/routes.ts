import { type Appeal, appealRoutes, type Role } from "@hanyouxu/api";
import { creditCauseTitle } from "@hanyouxu/rules";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { maskName } from "../../crypto/mask.ts";
import { AppError } from "../../errors.ts";
import { handle } from "../../http/contract-route.ts";
import {
  commandOf,
  isInScope,
  type Person,
  requireCommand,
  requireRole,
  requireScope,
  requireSight,
  type Scope,
  scopeOf,
} from "../sign-in/sign-in.ts";
import { decideAppeal, makeAppeal } from "./appeals.ts";
import { type AppealRow, countAppeals, selectAppeals } from "./queries.ts";

const AUTHORITIES = ["operator", "regulator", "station-staff"] as const satisfies Role[];
const APPELLANTS = ["welder", "enterprise-officer"] as const satisfies Role[];

export function registerAppeals(server: FastifyInstance, ctx: AppContext): void {
  async function requireAppeal(scope: Scope | undefined, appealId: string): Promise<AppealRow> {
    const [row] = await selectAppeals(ctx.db, { appealId }, 1, 0);
    if (!row) throw new AppError("appeal.not_found");
    if (scope) requireScope(scope, row.region_code);
    return row;
  }

  handle(server, appealRoutes.listAppeals, async (request) => {
    const { person, scope } = requireSight(request, "people", "rows", AUTHORITIES);
    const { page, pageSize, ...query } = request.query;
    const filter = { ...query, scope };
    const rows = await selectAppeals(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => appealOf(ctx, row, person));
    return { items, total: await countAppeals(ctx.db, filter), page, pageSize };
  });

  handle(server, appealRoutes.getAppeal, async (request) => {
    const { person, scope } = requireSight(request, "people", "rows", AUTHORITIES);
    return appealOf(ctx, await requireAppeal(scope, request.params.appealId), person);
  });

  handle(server, appealRoutes.decideAppeal, async (request) => {
    const { person, scope } = requireCommand(request, AUTHORITIES);
    const { appealId } = request.params;
    const row = await requireAppeal(scope, appealId);
    const role = AUTHORITIES.find((one) => isInScope(scopeOf(person, one), row.region_code))!;
    await decideAppeal(ctx, appealId, request.body, { personId: person.personId, role });
    return appealOf(ctx, await requireAppeal(scope, appealId), person);
  });

  handle(server, appealRoutes.listOwnAppeals, async (request) => {
    const person = requireRole(request, ...APPELLANTS);
    const { page, pageSize } = request.query;
    const filter = { askedBy: person.personId };
    const rows = await selectAppeals(ctx.db, filter, pageSize, (page - 1) * pageSize);
    const items = rows.map((row) => appealOf(ctx, row, person));
    return { items, total: await countAppeals(ctx.db, filter), page, pageSize };
  });

  handle(server, appealRoutes.makeAppeal, async (request) => {
    const person = requireRole(request, ...APPELLANTS);
    const appealId = await makeAppeal(ctx, person, request.body);
    return appealOf(ctx, await requireAppeal(undefined, appealId), person);
  });
}

function appealOf(
  { personalData }: Pick<AppContext, "personalData">,
  row: AppealRow,
  person: Person,
): Appeal {
  const isBooking = row.credit_booking_id !== null;
  const number = row.rectification_number ?? "";
  return {
    appealId: row.appeal_id,
    subject: isBooking ? "credit-booking" : "rectification",
    subjectId: (row.credit_booking_id ?? row.rectification_id)!,
    about: row.cause
      ? { ...creditCauseTitle(row.cause) }
      : { zh: `整改通知 ${number}`, en: `Order to rectify ${number}` },
    points: row.points,
    appellantName: row.name_ciphertext
      ? maskName(personalData.open("name", row.name_ciphertext))
      : (row.enterprise_name ?? ""),
    region: row.region_code,
    regionName: row.region_name,
    status: row.status,
    reason: row.reason,
    askedAt: row.asked_at.toISOString(),
    decideBy: row.decide_by.toISOString(),
    level: row.level,
    decision: row.decided_at && { at: row.decided_at.toISOString(), reason: row.decision_reason ?? "" },
    mayDecide:
      row.status === "open" &&
      ![row.made_by, row.asked_by].includes(person.personId) &&
      isInScope(commandOf(person, AUTHORITIES), row.region_code),
  };
}
