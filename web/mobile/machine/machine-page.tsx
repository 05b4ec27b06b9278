import { ApiError, machineRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { api, failureText, isUnreachable } from "../../ui/api.ts";
import { areaInDoubt, areaToClear } from "../clearances/area-to-clear.ts";
import { NeededClearance } from "../clearances/needed-clearance.tsx";
import { useAskedSign } from "../key-areas/asked-sign.ts";
import { NeededSign } from "../key-areas/needed-sign.tsx";
import { Page } from "../page.tsx";
import { ProgressSteps } from "../work/progress-steps.tsx";
import { MachineFacts } from "./machine-facts.tsx";
import { PositionLine } from "./position-line.tsx";
import { RefusalCard } from "./refusal-card.tsx";
import { SiteOwnerChoice, type WorkFor } from "./site-owner-choice.tsx";
import { usePhonePosition } from "./use-phone-position.ts";
import { useSiteQuestion } from "./use-site-question.ts";
import { useStart } from "./use-start.ts";

/** After the scan: what this machine is, and the button that starts it. */
export function MachinePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const machineCode = useParams().code ?? "";
  const asked = useAskedSign();
  const position = usePhonePosition();
  const sheet = useQuery({
    queryKey: ["machine-sheet", machineCode],
    queryFn: ({ signal }) => api.call(machineRoutes.getMachineSheet, { params: { machineCode }, signal }),
  });
  const question = useSiteQuestion(machineCode, position.found);
  const [workFor, setWorkFor] = useState<WorkFor>(asked.workFor);
  const start = useStart(machineCode, position.promise, workFor);
  const ask = () =>
    start.mutate(undefined, {
      onSuccess: (answer) => {
        if (answer.outcome === "grant")
          navigate(`/work/${answer.workSession.workSessionId}`, { replace: true });
        else void sheet.refetch();
      },
    });
  useEffect(() => {
    if (!asked.goesOn) return;
    navigate(".", { replace: true, state: { ...asked, goesOn: false } });
    ask();
  });
  const isUnknown =
    sheet.error instanceof ApiError && (sheet.error.status === 404 || sheet.error.status === 400);
  const refusal = start.data && start.data.outcome !== "grant" ? start.data : undefined;
  const neededArea = refusal && areaToClear(refusal.reasons);
  const doubtedArea = refusal && areaInDoubt(refusal.reasons);
  const ownWork = sheet.data?.ownWorkSessionId;

  return (
    <Page title={t("mobile.machine.title")} backTo="/">
      {sheet.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {sheet.isError ? (
        <section className="card stack" role="alert">
          <h2>{isUnknown ? t("mobile.machine.notFound") : failureText(sheet.error)}</h2>
          {isUnknown ? <p>{failureText(sheet.error)}</p> : null}
          <Button
            className="big"
            block
            color="primary"
            onClick={() => void (isUnknown ? navigate("/") : sheet.refetch())}
          >
            {isUnknown ? t("mobile.machine.other") : t("common.retry")}
          </Button>
        </section>
      ) : null}
      {neededArea ? (
        <NeededClearance
          machineCode={machineCode}
          keyAreaId={neededArea.keyAreaId}
          keyAreaName={neededArea.name}
          {...(asked.spot?.floor && asked.spot.keyAreaId === neededArea.keyAreaId
            ? { signedFloor: asked.spot.floor }
            : {})}
        />
      ) : null}
      {doubtedArea ? (
        <NeededSign machineCode={machineCode} keyAreaName={doubtedArea.name} workFor={workFor} />
      ) : null}
      {refusal ? <RefusalCard answer={refusal} onAgain={ask} isBusy={start.isPending} /> : null}
      {sheet.data ? <MachineFacts sheet={sheet.data} /> : null}
      {sheet.data && question && !ownWork && (question.isAsked || question.firms.length > 1) ? (
        <SiteOwnerChoice question={question} value={workFor} onChange={setWorkFor} />
      ) : null}
      {sheet.data && !refusal ? (
        <section className="stack thumb-zone">
          {start.isPending ? <ProgressSteps reached="asked" /> : <PositionLine found={position.found} />}
          {start.isError ? (
            <p className="field-error" role="alert">
              {failureText(start.error)} {isUnreachable(start.error) ? t("mobile.machine.retryHint") : null}
            </p>
          ) : null}
          {ownWork ? (
            <Button
              className="big start-button"
              block
              color="success"
              onClick={() => navigate(`/work/${ownWork}`)}
            >
              {t("mobile.machine.continue")}
            </Button>
          ) : (
            <Button
              className="big start-button"
              block
              color="primary"
              loading={start.isPending}
              loadingText={t("mobile.machine.starting")}
              onClick={ask}
            >
              {t("mobile.machine.start")}
            </Button>
          )}
        </section>
      ) : null}
    </Page>
  );
}
