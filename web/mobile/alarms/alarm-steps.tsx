import type { AlarmDetail } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { phonePosition } from "../scan/position.ts";
import { keepDraft } from "./alarm-draft.ts";
import type { SaidAct } from "./alarm-outbox.ts";
import { HandleForm } from "./handle-form.tsx";
import { HelpForm } from "./help-form.tsx";
import { nextActs } from "./next-acts.ts";
import { SaidHistory } from "./said-history.tsx";
import { useAlarmOutbox } from "./use-alarm-outbox.ts";
import { WaitingActs } from "./waiting-acts.tsx";

/** In the order in which one of them comes next at the place. */
const STEPS = ["accept", "arrive", "acknowledge"] as const;

/** The form at the place, help, what has happened so far, and the one big step that comes next; with or without a network. */
export function AlarmSteps({ personId, alarm }: { personId: string; alarm: AlarmDetail }) {
  const { t } = useTranslation();
  const { outbox, acts } = useAlarmOutbox(personId, alarm.alarmId);
  const [isLocating, setIsLocating] = useState(false);
  const say = (said: SaidAct) =>
    outbox.add({
      actId: crypto.randomUUID(),
      alarmId: alarm.alarmId,
      said,
      evidenceIds: [],
      afterSeq: alarm.history.at(-1)?.seq ?? 0,
    });
  async function arrive() {
    setIsLocating(true);
    const position = await phonePosition();
    setIsLocating(false);
    say({ kind: "arrive", position });
  }
  const isHeld = acts.some(({ refusal }) => refusal !== null);
  const may = isHeld ? [] : nextActs(alarm.mayDo, acts);
  const next = STEPS.find((step) => may.includes(step));
  return (
    <>
      <WaitingActs
        outbox={outbox}
        acts={acts}
        onTakenBack={({ said }) => {
          // The check list stands below what was typed, which has one line.
          if (said.kind !== "handle") return;
          const [result = ""] = said.result.split("\n");
          keepDraft(personId, alarm.alarmId, { result, measures: said.measures, checked: [] });
        }}
      />
      {may.includes("handle") ? (
        <HandleForm personId={personId} alarm={alarm} waiting={acts} outbox={outbox} />
      ) : null}
      {alarm.mayNote ? <HelpForm alarm={alarm} mayDispatch={may.includes("dispatch")} say={say} /> : null}
      <SaidHistory alarm={alarm} />
      {next ? (
        <div className="stack thumb-zone">
          {next === "arrive" ? <p className="soft">{t("mobile.alarms.arriveLead")}</p> : null}
          <Button
            className="big start-button"
            block
            color="primary"
            loading={isLocating}
            onClick={() => (next === "arrive" ? void arrive() : say({ kind: next }))}
          >
            {t(`mobile.alarms.step.${next}`)}
          </Button>
        </div>
      ) : null}
    </>
  );
}
