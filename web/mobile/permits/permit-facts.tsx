import { type HotWorkPermitDetail, hotWorkRegimeTitles } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { shortDateTime } from "../../ui/format.ts";
import { useWord } from "../../ui/use-word.ts";

/** What a permit says, in short. */
export function PermitFacts({ permit }: { permit: HotWorkPermitDetail }) {
  const { t } = useTranslation();
  const word = useWord();
  const { people, point, grade, method } = permit;
  const from = permit.validFrom ?? permit.plannedFrom;
  const to = permit.validTo ?? permit.plannedTo;
  const rows = [
    [t("mobile.permits.number"), permit.permitNumber],
    [t("mobile.permits.siteOwner"), permit.siteOwnerName],
    [t("mobile.permits.area"), permit.keyAreaName],
    [t("mobile.permits.placeDescription"), [point?.floor, point?.description].filter(Boolean).join(" ")],
    [t("mobile.permits.workDescription"), permit.workDescription],
    [t("mobile.permits.method"), method && t(`common.process.${method}`)],
    [t("mobile.permits.regime"), word(hotWorkRegimeTitles[permit.regime])],
    [t("mobile.permits.grade"), grade && t(`common.permit.grade.${grade}`)],
    [t("mobile.permits.time"), from && to && `${shortDateTime(from)} – ${shortDateTime(to)}`],
    [t("mobile.permits.welder"), people.welder?.name],
    [t("mobile.permits.contractor"), permit.contractorName],
    [t("mobile.permits.supervisor"), people.supervisor?.name],
    [t("mobile.permits.fireWatch"), people.fireWatch?.name],
    [t("mobile.permits.approver"), people.approver?.name],
    [t("mobile.permits.risks"), permit.form.risks],
  ] as const;
  return (
    <dl className="facts card">
      {rows.map(([name, value]) =>
        value ? (
          <div key={name} className="permit-fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
