import { type HotWorkPermitDetail, hotWorkRegimeTitles } from "@hanyouxu/api";
import { Descriptions } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { dateTime } from "../../ui/format.ts";
import { useWord } from "../../ui/use-word.ts";

export function PermitFacts({ permit }: { permit: HotWorkPermitDetail }) {
  const { t } = useTranslation();
  const word = useWord();
  const { people, point, approval, grade, method } = permit;
  const from = permit.validFrom ?? permit.plannedFrom;
  const to = permit.validTo ?? permit.plannedTo;
  const firm = (id: string | null, name: string | null) =>
    id ? <Link to={`/enterprises/${id}`}>{name}</Link> : "–";
  const rows = {
    work: permit.workDescription,
    place: [point?.floor, point?.description].filter(Boolean).join(" ") || "–",
    regime: [word(hotWorkRegimeTitles[permit.regime]), grade && t(`common.permit.grade.${grade}`)]
      .filter(Boolean)
      .join(" · "),
    method: method ? t(`common.process.${method}`) : "–",
    siteOwner: firm(permit.siteOwnerEnterpriseId, permit.siteOwnerName),
    contractor: firm(permit.contractorEnterpriseId, permit.contractorName),
    area: permit.keyAreaName ?? "–",
    machine: permit.machineId ? <Link to={`/machines/${permit.machineId}`}>{permit.machineName}</Link> : "–",
    time: from && to ? `${dateTime(from)} – ${dateTime(to)}` : "–",
    welder: people.welder?.name ?? "–",
    supervisor: people.supervisor?.name ?? "–",
    fireWatch: people.fireWatch
      ? `${people.fireWatch.name} ${
          people.fireWatch.trainedTo
            ? t("console.permits.trainedTo", { day: people.fireWatch.trainedTo })
            : t("console.permits.untrained")
        }`
      : "–",
    approver: people.approver?.name ?? "–",
    approval:
      approval && permit.approvedAt
        ? t("console.permits.approvedAt", {
            at: dateTime(permit.approvedAt),
            role: t(`common.permit.approver.${approval.role}`),
            metres: approval.distanceMetres,
            accuracy: Math.round(approval.accuracyMetres),
          })
        : "–",
    risks: permit.form.risks || "–",
    reason: permit.statusReason ?? "–",
  } as const;
  return (
    <section className="panel">
      <Descriptions
        column={1}
        size="small"
        items={(Object.keys(rows) as (keyof typeof rows)[]).map((key) => ({
          key,
          label: t(`console.permits.${key}`),
          children: rows[key],
        }))}
      />
      {permit.approvedAt ? (
        <img
          className="permit-signature"
          src={`/api/hot-work-permits/${permit.permitId}/signature.png`}
          alt={t("console.permits.signature")}
        />
      ) : null}
      {permit.supersededBy ? (
        <p>
          <Link to={`/permits/${permit.supersededBy}`}>{t("console.permits.superseded")}</Link>
        </p>
      ) : null}
    </section>
  );
}
