import { hotWorkPermitRoutes, permitMeasures } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { ReasonList } from "../../ui/reason-list.tsx";
import { useWord } from "../../ui/use-word.ts";
import { StepFailure } from "../step-failure.tsx";
import type { StepProps } from "./permit-draft.ts";
import { PermitFacts } from "./permit-facts.tsx";
import { VoidButton } from "./reason-step.tsx";
import { usePermitStep } from "./use-permit.ts";

const FIELDS = [
  "point",
  "placeDescription",
  "workDescription",
  "method",
  "plannedFrom",
  "plannedTo",
  "fireWatch",
  "fireWatchTraining",
  "risks",
  "grade",
  "supervisor",
  "gasTests",
] as const;

/** What is still missing, what the law says, and the way to the approver. */
export function SubmitStep({ permit }: StepProps) {
  const { t } = useTranslation();
  const word = useWord();
  const { permitId, missing, lawReasons } = permit;
  const submit = usePermitStep(hotWorkPermitRoutes.submitHotWorkPermit, () => ({ params: { permitId } }));
  const wordOf = (key: string) => {
    const field = FIELDS.find((name) => name === key);
    if (field) return t(`mobile.permits.missing.${field}`);
    const [part, id] = key.split(".");
    const title = permitMeasures.find((measure) => measure.id === id)?.title;
    const words = title ? word(title) : key;
    return part === "photos" ? t("mobile.permits.missing.photo", { measure: words }) : words;
  };
  const isReady = missing.length === 0 && lawReasons.length === 0;
  return (
    <section className="stack">
      {missing.length > 0 ? (
        <div className="card stack" role="status" data-testid="missing">
          <h3>{t("mobile.permits.missingTitle")}</h3>
          <ul className="permit-missing">
            {missing.map((key) => (
              <li key={key} data-missing={key}>
                {wordOf(key)}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {lawReasons.length > 0 ? (
        <div className="card stack">
          <h3>{t("mobile.permits.lawTitle")}</h3>
          <ReasonList reasons={lawReasons} />
        </div>
      ) : null}
      <PermitFacts permit={permit} />
      <StepFailure error={submit.error} />
      <Button
        className="big"
        block
        color="primary"
        disabled={!isReady}
        loading={submit.isPending}
        onClick={() => submit.mutate(undefined)}
      >
        {t("mobile.permits.submit")}
      </Button>
      <VoidButton permit={permit} />
    </section>
  );
}
