import { type AlarmSummary, type AlarmSuppression, alarmSuppressionRoutes } from "@hanyouxu/api";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTimeInput, instantOfInput } from "../../ui/format.ts";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { SuppressionEnd, SuppressionFields } from "./suppression-fields.tsx";

interface Declared {
  region?: string;
  enterpriseId?: string;
  machineId?: string;
  kinds: AlarmSummary["kind"][];
  from: string;
  to: string;
  reason: string;
}

/** A box that is not filled in is refused by the platform with its field's name. */
const instant = (typed: string) => instantOfInput(typed) ?? "";

/** Declares maintenance. */
export function DeclareSuppression({ now, onDone }: { now: string; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Opener word={t("console.alarms.declare")} isPrimary onDone={onDone}>
      {(close, isOpen) => (
        <ReasonDialog<Declared, AlarmSuppression>
          name="suppression"
          isOpen={isOpen}
          title={t("console.alarms.declare")}
          lead={t("console.alarms.declareLead")}
          initial={{ kinds: [], from: dateTimeInput(now), to: "" }}
          fields={(failures) => <SuppressionFields failures={failures} />}
          send={({ region, enterpriseId, machineId, kinds, from, to, reason }) =>
            api.call(alarmSuppressionRoutes.createAlarmSuppression, {
              body: {
                region: region ?? null,
                enterpriseId: enterpriseId ?? null,
                machineId: machineId ?? null,
                kinds,
                reason,
                from: instant(from),
                to: instant(to),
              },
            })
          }
          onDone={() => close(true)}
          onCancel={() => close(false)}
        />
      )}
    </Opener>
  );
}

/** Another end, or the end now; each with its reason. */
export function SuppressionSteps({ window, onDone }: { window: AlarmSuppression; onDone: () => void }) {
  const { t } = useTranslation();
  const params = { suppressionId: window.suppressionId };
  if (window.status === "over") return null;
  return (
    <span className="alarm-line">
      <Opener word={t("console.alarms.changeEnd")} onDone={onDone}>
        {(close, isOpen) => (
          <ReasonDialog<{ to: string; reason: string }, AlarmSuppression>
            name={`suppression-end-${window.suppressionId}`}
            isOpen={isOpen}
            title={t("console.alarms.changeEnd")}
            initial={{ to: dateTimeInput(window.to) }}
            fields={(failures) => <SuppressionEnd failures={failures} />}
            send={({ to, reason }) =>
              api.call(alarmSuppressionRoutes.changeAlarmSuppression, {
                params,
                body: { to: instant(to), reason },
              })
            }
            onDone={() => close(true)}
            onCancel={() => close(false)}
          />
        )}
      </Opener>
      <Opener word={t("console.alarms.endNow")} onDone={onDone}>
        {(close, isOpen) => (
          <ReasonDialog
            name={`suppression-now-${window.suppressionId}`}
            isOpen={isOpen}
            title={t("console.alarms.endNow")}
            lead={t("console.alarms.endNowLead")}
            isDanger
            send={(body: { reason: string }) =>
              api.call(alarmSuppressionRoutes.endAlarmSuppression, { params, body })
            }
            onDone={() => close(true)}
            onCancel={() => close(false)}
          />
        )}
      </Opener>
    </span>
  );
}

interface OpenerProps {
  word: string;
  isPrimary?: boolean;
  onDone: () => void;
  children: (close: (isDone: boolean) => void, isOpen: boolean) => ReactNode;
}

/** A button with the dialog that it opens. */
function Opener({ word, isPrimary = false, onDone, children }: OpenerProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [isOpen, setIsOpen] = useState(false);
  const close = (isDone: boolean) => {
    setIsOpen(false);
    if (!isDone) return;
    void message.success(t("console.alarms.stored"));
    onDone();
  };
  return (
    <>
      <Button
        {...(isPrimary ? { type: "primary" as const } : { size: "small" as const })}
        onClick={() => setIsOpen(true)}
      >
        {word}
      </Button>
      {children(close, isOpen)}
    </>
  );
}
