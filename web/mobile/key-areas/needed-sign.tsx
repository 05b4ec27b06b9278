import "../clearances/clearances.css";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { WorkFor } from "../machine/site-owner-choice.tsx";
import type { AskedSign } from "./asked-sign.ts";

interface Props {
  machineCode: string;
  keyAreaName: string;
  /** Chosen already; the start goes on with it. */
  workFor: WorkFor;
}

/** Nobody knows whether the machine is in the key area: the sign on the wall says it. */
export function NeededSign({ machineCode, keyAreaName, workFor }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <section className="card stack needed-clearance" aria-labelledby="sign-title" data-testid="needed-sign">
      <h2 id="sign-title">{t("mobile.placeSign.neededTitle", { area: keyAreaName })}</h2>
      <p>{t("mobile.placeSign.neededLead")}</p>
      <Button
        className="big start-button"
        block
        color="primary"
        onClick={() =>
          navigate(`/machine/${machineCode}/place-sign`, { state: { workFor } satisfies AskedSign })
        }
      >
        {t("mobile.placeSign.scan")}
      </Button>
      <p className="soft">{t("mobile.placeSign.noSign")}</p>
    </section>
  );
}
