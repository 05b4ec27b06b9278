import { type ClearanceDetail, clearanceRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { Choice } from "../machine/choice.tsx";
import { useClearanceStep } from "./use-clearance.ts";

/** The work is done: whether more follows under the same permit, and from now on the smoulder watch. */
export function FinishWork({ clearance }: { clearance: ClearanceDetail }) {
  const { t } = useTranslation();
  const { clearanceId, smoulderMinutes } = clearance;
  const [isAsking, setIsAsking] = useState(false);
  const [permitContinues, setPermitContinues] = useState(false);
  const finish = useClearanceStep(clearanceId, () =>
    api.call(clearanceRoutes.finishWork, { params: { clearanceId }, body: { permitContinues } }),
  );
  if (!isAsking) {
    return (
      <Button className="big" block onClick={() => setIsAsking(true)}>
        {t("mobile.clearances.finish.ask")}
      </Button>
    );
  }
  return (
    <div className="stack" data-testid="finish">
      <p>{t("mobile.clearances.finish.lead", { minutes: smoulderMinutes })}</p>
      <fieldset className="choice-list">
        <legend>{t("mobile.clearances.finish.which")}</legend>
        {([false, true] as const).map((continues) => (
          <Choice
            key={String(continues)}
            name="permit-continues"
            words={t(continues ? "mobile.clearances.finish.more" : "mobile.clearances.finish.all")}
            isChosen={permitContinues === continues}
            onChoose={() => setPermitContinues(continues)}
          />
        ))}
      </fieldset>
      {finish.isError ? (
        <p className="field-error" role="alert">
          {failureText(finish.error)}
        </p>
      ) : null}
      <Button
        className="big"
        block
        color="primary"
        loading={finish.isPending}
        onClick={() => finish.mutate()}
      >
        {t("mobile.clearances.finish.sure")}
      </Button>
      <Button className="big" block onClick={() => setIsAsking(false)}>
        {t("common.cancel")}
      </Button>
    </div>
  );
}
