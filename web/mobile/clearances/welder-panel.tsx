import type { ClearanceDetail } from "@hanyouxu/api";
import { CancelClearance } from "./cancel-clearance.tsx";
import { CheckStep } from "./check-step.tsx";
import { PermitStep } from "./permit-step.tsx";
import { SceneStep } from "./scene-step.tsx";
import { SmoulderStep } from "./smoulder-step.tsx";
import { StationCard } from "./station-card.tsx";
import { StepList } from "./step-list.tsx";
import type { HeardClearance } from "./use-clearance.ts";
import { WatchStep } from "./watch-step.tsx";
import { WorkStep } from "./work-step.tsx";

type Step = ClearanceDetail["steps"][number]["step"];

/** What the welder can do now, below the list of all steps; while the station handles the case, nothing else. */
export function WelderPanel({ heard }: { heard: HeardClearance }) {
  const { clearance } = heard;
  const { phase, steps, hasWorked, smoulder } = clearance;
  const statusOf = (wanted: Step) => steps.find(({ step }) => step === wanted)?.status;
  const isReferred = phase === "referred";
  const isWatchWanted = statusOf("watch") === "open" || (statusOf("watch") === "done" && !smoulder);
  const isPermitOpen = statusOf("permit") === "open" || statusOf("permit") === "waiting";
  return (
    <>
      <StepList steps={steps} />
      <StationCard calls={clearance.stationCalls} />
      {isReferred ? null : (
        <>
          {isPermitOpen ? <PermitStep clearance={clearance} /> : null}
          {statusOf("check") === "waiting" ? <CheckStep heard={heard} /> : null}
          {statusOf("scene") === "open" ? <SceneStep clearance={clearance} /> : null}
          {isWatchWanted ? <WatchStep heard={heard} /> : null}
          <WorkStep heard={heard} />
          {smoulder ? <SmoulderStep heard={heard} /> : null}
        </>
      )}
      {hasWorked || isReferred ? null : <CancelClearance clearanceId={clearance.clearanceId} />}
    </>
  );
}
