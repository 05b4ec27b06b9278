import { machineRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { maySee } from "../../ui/may-see.ts";
import { useMe } from "../../ui/use-me.ts";
import { MachineCameras } from "../cameras/machine-cameras.tsx";
import { MachineCare } from "../machine-life/machine-care.tsx";
import { StepButtons } from "../machine-life/step-buttons.tsx";
import { MachineMovementLink } from "../movement/machine-movement-link.tsx";
import { MachinePlayback } from "../playback/machine-playback.tsx";
import { Failure } from "../ui/failure.tsx";
import { StateTag } from "../ui/state-tag.tsx";
import { CommandButton } from "./command-button.tsx";
import { MachineFacts } from "./machine-facts.tsx";
import { MachinePlaces } from "./machine-places.tsx";
import { MachineReadings } from "./machine-readings.tsx";
import { MachineTimeline } from "./machine-timeline.tsx";
import { OpenGasCut } from "./open-gas-cut.tsx";

/** One machine: what it is, what it does now, and everything that happened with it. */
export function MachinePage() {
  const { t } = useTranslation();
  const machineId = useParams().machineId ?? "";
  const machine = useQuery({
    queryKey: ["machine", machineId],
    queryFn: ({ signal }) => api.call(machineRoutes.getMachine, { params: { machineId }, signal }),
    refetchInterval: 10_000,
  });
  const me = useMe().data;
  const mayCommand = me?.mayCommand === true;
  const shown = machine.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{shown?.name ?? t("console.machine.name")}</h1>
        {shown ? (
          <>
            <StateTag state={shown.state} />
            <MachineMovementLink machineId={machineId} />
            {mayCommand ? (
              <div className="page-actions">
                {shown.workSessionId ? <CommandButton machineId={machineId} command="stop" /> : null}
                {shown.openGasCut ? <CommandButton machineId={machineId} command="inspectGas" /> : null}
                <StepButtons machine={shown} />
                <CommandButton
                  machineId={machineId}
                  command={shown.lockReason === null ? "lock" : "unlock"}
                />
              </div>
            ) : null}
          </>
        ) : null}
      </header>
      {machine.isPending ? <Spin description={t("common.loading")} /> : null}
      {machine.isError ? <Failure error={machine.error} onRetry={machine.refetch} /> : null}
      {shown ? (
        <div className="machine-columns">
          <div className="machine-side">
            <OpenGasCut machine={shown} />
            <MachinePlaces machine={shown} />
            <MachineCameras machineId={machineId} />
            <MachineFacts machine={shown} />
            <MachineCare machine={shown} />
            <MachineReadings machine={shown} />
          </div>
          <div className="machine-main">
            {maySee(me, "readings") ? <MachinePlayback machineId={machineId} /> : null}
            <MachineTimeline machineId={machineId} />
          </div>
        </div>
      ) : null}
    </main>
  );
}
