import { enterpriseRoutes, hotWorkRegimeTitles } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { useWord } from "../../ui/use-word.ts";
import { Choice } from "../machine/choice.tsx";
import { phonePosition } from "../scan/position.ts";
import type { StepProps } from "./permit-draft.ts";

/** Whose place it is, and the hot-work point by the phone that stands there. */
export function WhereStep({ permit, draft, change }: StepProps) {
  const { t } = useTranslation();
  const word = useWord();
  const [isAsking, setIsAsking] = useState(false);
  const [isUnknown, setIsUnknown] = useState(false);
  const point = draft.point ?? null;

  async function find() {
    setIsAsking(true);
    setIsUnknown(false);
    const position = await phonePosition();
    setIsAsking(false);
    if (position) change({ point: { floor: null, description: "", ...point, ...position } });
    else setIsUnknown(true);
  }

  return (
    <section className="stack">
      {permit.keyAreaName ? (
        <p className="card">
          {t("mobile.permits.area")} <strong>{permit.keyAreaName}</strong>
        </p>
      ) : null}
      <SiteOwner
        name={permit.siteOwnerName}
        chosen={draft.siteOwnerEnterpriseId ?? null}
        onChoose={(siteOwnerEnterpriseId) => change({ siteOwnerEnterpriseId, fireWatchPersonId: null })}
        isFixed={permit.keyAreaId !== null && permit.siteOwnerEnterpriseId !== null}
      />
      <p className="soft">
        {t("mobile.permits.regime")} {word(hotWorkRegimeTitles[permit.regime])}
      </p>
      <p>{t("mobile.permits.pointLead")}</p>
      {point ? (
        <p className="card tag-go" data-testid="point">
          {t("mobile.permits.pointTaken", { metres: Math.round(point.accuracyMetres) })}
        </p>
      ) : null}
      {isUnknown ? (
        <p className="field-error" role="alert">
          {t("mobile.retrofit.positionUnknown")}
        </p>
      ) : null}
      <Button className="big" block loading={isAsking} onClick={() => void find()}>
        {t("mobile.permits.pointTake")}
      </Button>
      {point ? (
        <>
          <TextField
            label={t("mobile.permits.floor")}
            value={point.floor ?? ""}
            maxLength={10}
            onChange={(floor) => change({ point: { ...point, floor: floor || null } })}
          />
          <TextField
            label={t("mobile.permits.placeDescription")}
            value={point.description ?? ""}
            maxLength={200}
            onChange={(description) => change({ point: { ...point, description } })}
          />
        </>
      ) : null}
    </section>
  );
}

interface OwnerProps {
  /** Of the one that is saved. */
  name: string | null;
  chosen: string | null;
  onChoose: (enterpriseId: string | null) => void;
  /** The key area says it. */
  isFixed: boolean;
}

function SiteOwner({ name, chosen, onChoose, isFixed }: OwnerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const found = useQuery({
    queryKey: ["site-owner-names", text],
    queryFn: ({ signal }) =>
      api.call(enterpriseRoutes.findEnterpriseNames, { query: { text, role: "site-owner" }, signal }),
    enabled: text.trim().length >= 2,
  });
  if (isFixed) {
    return (
      <p className="card">
        {t("mobile.permits.siteOwner")} <strong>{name}</strong>
      </p>
    );
  }
  return (
    <fieldset className="stack permit-group">
      <legend>{t("mobile.permits.siteOwner")}</legend>
      {name && chosen ? <p className="card">{name}</p> : null}
      <TextField label={t("mobile.permits.siteOwnerFind")} value={text} onChange={setText} maxLength={100} />
      {found.data?.enterprises.map((firm) => (
        <Choice
          key={firm.enterpriseId}
          name="site-owner"
          words={firm.name}
          {...(firm.address ? { more: firm.address } : {})}
          isChosen={chosen === firm.enterpriseId}
          onChoose={() => onChoose(firm.enterpriseId)}
        />
      ))}
      {found.data?.enterprises.length === 0 ? <p>{t("mobile.permits.siteOwnerNone")}</p> : null}
    </fieldset>
  );
}
