import { type HotWorkPermitDetail, hotWorkPermitRoutes } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { type ComponentType, useState } from "react";
import { useTranslation } from "react-i18next";
import { StepFailure } from "../step-failure.tsx";
import { GasTests } from "./gas-tests.tsx";
import { MeasuresStep } from "./measures-step.tsx";
import { PeopleStep } from "./people-step.tsx";
import { draftOf, type PermitDraft, type StepProps } from "./permit-draft.ts";
import { SiteStep } from "./site-step.tsx";
import { SubmitStep } from "./submit-step.tsx";
import { usePermitStep } from "./use-permit.ts";
import { WhereStep } from "./where-step.tsx";
import { WorkStep } from "./work-step.tsx";

const ORDER = ["where", "work", "people", "site", "measures", "gas", "submit"] as const;
type FormStep = (typeof ORDER)[number];

const STEPS: Record<FormStep, ComponentType<StepProps>> = {
  where: WhereStep,
  work: WorkStep,
  people: PeopleStep,
  site: SiteStep,
  measures: MeasuresStep,
  gas: GasTests,
  submit: SubmitStep,
};

/** The form in steps; each is saved as one goes on or back, so that a dead battery loses one page at most. */
export function PermitForm({ permit }: { permit: HotWorkPermitDetail }) {
  const { t } = useTranslation();
  const { permitId } = permit;
  const [step, setStep] = useState<FormStep>("where");
  const [draft, setDraft] = useState<PermitDraft>(() => draftOf(permit));
  const save = usePermitStep(hotWorkPermitRoutes.changeHotWorkPermit, (body: PermitDraft) => ({
    params: { permitId },
    body,
  }));
  const Step = STEPS[step];
  const index = ORDER.indexOf(step);

  function go(to: FormStep) {
    save.mutate(draft, {
      onSuccess: (saved) => {
        setDraft(draftOf(saved));
        setStep(to);
        window.scrollTo(0, 0);
      },
    });
  }

  return (
    <>
      <nav className="permit-steps" aria-label={t("mobile.permits.steps")}>
        {ORDER.map((one, place) => (
          <button
            key={one}
            type="button"
            className="permit-step"
            aria-current={one === step ? "step" : undefined}
            disabled={save.isPending}
            onClick={() => go(one)}
          >
            {place + 1}
            <span className="visually-hidden">{t(`mobile.permits.step.${one}`)}</span>
          </button>
        ))}
      </nav>
      <h2 className="permit-title" data-step={step}>
        {t(`mobile.permits.step.${step}`)}
      </h2>
      <Step
        permit={permit}
        draft={draft}
        change={(change) => setDraft((before) => ({ ...before, ...change }))}
      />
      <StepFailure error={save.error} />
      {step === "submit" ? null : (
        <Button
          className="big"
          block
          color="primary"
          loading={save.isPending}
          onClick={() => go(ORDER[index + 1]!)}
        >
          {t("mobile.permits.next")}
        </Button>
      )}
    </>
  );
}
