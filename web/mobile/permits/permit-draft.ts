import type { HotWorkPermitDetail, hotWorkPermitRoutes, SentBody } from "@hanyouxu/api";

/** What the form holds while it is filled in, as the platform takes it. */
export type PermitDraft = SentBody<typeof hotWorkPermitRoutes.createHotWorkPermit>;

export const emptyDraft: PermitDraft = { form: { place: {}, distances: {} } };

export function draftOf(permit: HotWorkPermitDetail): PermitDraft {
  return {
    keyAreaId: permit.keyAreaId,
    siteOwnerEnterpriseId: permit.siteOwnerEnterpriseId,
    contractorEnterpriseId: permit.contractorEnterpriseId,
    machineCode: permit.machineCode,
    regime: permit.regime === "building-site" ? "building-site" : null,
    point: permit.point,
    grade: permit.grade,
    workDescription: permit.workDescription,
    method: permit.method,
    plannedFrom: permit.plannedFrom,
    plannedTo: permit.plannedTo,
    form: permit.form,
    supervisorPersonId: permit.people.supervisor?.personId ?? null,
    fireWatchPersonId: permit.people.fireWatch?.personId ?? null,
  };
}

export interface StepProps {
  permit: HotWorkPermitDetail;
  draft: PermitDraft;
  change: (change: Partial<PermitDraft>) => void;
}
