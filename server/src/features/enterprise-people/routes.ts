import { enterprisePeopleRoutes } from "@hanyouxu/api";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../../context.ts";
import { handle } from "../../http/contract-route.ts";
import {
  requireKnownPeople,
  requirePeopleRight,
  requireRight,
  requireVisibleEnterprise,
} from "../enterprises/enterprises.ts";
import { requireRole } from "../sign-in/sign-in.ts";
import { welderOf } from "../welders/welders.ts";
import { addContract, contractOf, endContract } from "./contracts.ts";
import {
  addWelder,
  answerInvitation,
  dropWelder,
  listPeople,
  setListed,
  setWhitelistRule,
} from "./members.ts";
import { addOfficer, officerOf, removeOfficer } from "./officers.ts";
import { selectContracts, selectInvitations, selectMemberships, selectOfficers } from "./queries.ts";

export function registerEnterprisePeople(server: FastifyInstance, ctx: AppContext): void {
  handle(server, enterprisePeopleRoutes.listEnterpriseOfficers, async (request) => {
    const { row } = await requireKnownPeople(ctx, request, request.params.enterpriseId);
    const officers = await selectOfficers(ctx.db, row.enterprise_id);
    return { officers: officers.map((officer) => officerOf(ctx, officer)) };
  });

  handle(server, enterprisePeopleRoutes.addEnterpriseOfficer, async (request) => {
    const { row, person } = await requirePeopleRight(ctx, request, request.params.enterpriseId);
    return await addOfficer(ctx, row.enterprise_id, request.body, person.personId);
  });

  handle(server, enterprisePeopleRoutes.removeEnterpriseOfficer, async (request) => {
    const { row, person } = await requirePeopleRight(ctx, request, request.params.enterpriseId);
    await removeOfficer(ctx, row.enterprise_id, request.params.personId, person.personId);
    return null;
  });

  handle(server, enterprisePeopleRoutes.listEnterpriseWelders, async (request) => {
    const { row } = await requireKnownPeople(ctx, request, request.params.enterpriseId);
    return await listPeople(ctx, row.enterprise_id, request.query);
  });

  handle(server, enterprisePeopleRoutes.addEnterpriseWelder, async (request) => {
    const { row, person, rights } = await requirePeopleRight(ctx, request, request.params.enterpriseId);
    // Whoever answers for the firm himself asks the welder, whatever other roles he has.
    const by = { personId: person.personId, isStaff: !rights.isOfficer };
    return await addWelder(ctx, row.enterprise_id, request.body.phone, by);
  });

  handle(server, enterprisePeopleRoutes.removeEnterpriseWelder, async (request) => {
    const { row, person } = await requirePeopleRight(ctx, request, request.params.enterpriseId);
    await dropWelder(ctx, row.enterprise_id, request.params.welderId, person.personId);
    return null;
  });

  handle(server, enterprisePeopleRoutes.setWhitelistRule, async (request) => {
    const { row, person } = await requireRight(ctx, request, request.params.enterpriseId, "edit");
    await setWhitelistRule(ctx, row.enterprise_id, request.body.allowsListedOnly, person.personId);
    return null;
  });

  handle(server, enterprisePeopleRoutes.listWelder, async (request) => {
    const { enterpriseId, welderId } = request.params;
    const { row, person } = await requirePeopleRight(ctx, request, enterpriseId);
    await setListed(ctx, row.enterprise_id, welderId, request.body.isListed, person.personId);
    return null;
  });

  handle(server, enterprisePeopleRoutes.listEnterpriseContracts, async (request) => {
    const { row } = await requireVisibleEnterprise(ctx, request, request.params.enterpriseId);
    const contracts = await selectContracts(ctx.db, { enterpriseId: row.enterprise_id });
    return { contracts: contracts.map((contract) => contractOf(contract, ctx.clock.nowMs())) };
  });

  handle(server, enterprisePeopleRoutes.addEnterpriseContract, async (request) => {
    const { row, person } = await requireRight(ctx, request, request.params.enterpriseId, "edit");
    return await addContract(ctx, row.enterprise_id, request.body, person.personId);
  });

  handle(server, enterprisePeopleRoutes.endEnterpriseContract, async (request) => {
    const { enterpriseId, contractId } = request.params;
    const { row, person } = await requireRight(ctx, request, enterpriseId, "edit");
    await endContract(ctx, row.enterprise_id, contractId, person.personId);
    return null;
  });

  handle(server, enterprisePeopleRoutes.listOwnMemberships, async (request) => {
    const welderId = await welderOf(ctx, requireRole(request, "welder"));
    const memberships = await selectMemberships(ctx.db, welderId);
    const invitations = await selectInvitations(ctx.db, welderId);
    return {
      memberships: memberships.map(({ enterprise_id: enterpriseId, name }) => ({
        enterpriseId,
        name,
        invitationId: null,
      })),
      invitations: invitations.map(({ enterprise_id: enterpriseId, name, invitation_id: invitationId }) => ({
        enterpriseId,
        name,
        invitationId,
      })),
    };
  });

  handle(server, enterprisePeopleRoutes.answerInvitation, async (request) => {
    const person = requireRole(request, "welder");
    const welder = { welderId: await welderOf(ctx, person), personId: person.personId };
    await answerInvitation(ctx, welder, request.params.invitationId, request.body.isAccepted);
    return null;
  });
}
