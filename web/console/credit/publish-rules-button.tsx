import { creditRoutes, type RouteAnswer } from "@hanyouxu/api";
import "../enterprises/enterprises.css";
import "../rectification/rectification.css";
import { Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { instantOfInput } from "../../ui/format.ts";
import { useWord } from "../../ui/use-word.ts";
import { failedItem, ReasonDialog } from "../ui/reason-dialog.tsx";

interface Fields {
  reason: string;
  effectiveFrom?: string;
  returnsAfterDays: number;
  /** By cause; none, or empty: it takes nothing. */
  welder: Record<string, number | null>;
  enterprise: Record<string, number | null>;
}

interface Props {
  region: string;
  current: RouteAnswer<typeof creditRoutes.listCreditRules>;
  onDone: () => void;
}

const HOLDERS = ["welder", "enterprise"] as const;

/** The next version of a region's rules, beginning from those in force. */
export function PublishRulesButton({ region, current, onDone }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const [isOpen, setIsOpen] = useState(false);
  const inForce = current.versions.find(({ isInForce }) => isInForce);
  const pointsOf = (holder: (typeof HOLDERS)[number]) =>
    Object.fromEntries(
      (inForce?.rules ?? [])
        .filter((rule) => rule.holder === holder)
        .map(({ cause, points }) => [cause, points]),
    );
  return (
    <>
      <Button type="primary" onClick={() => setIsOpen(true)}>
        {t("console.rectification.publish")}
      </Button>
      <ReasonDialog<Fields, unknown>
        name="credit-rules"
        isOpen={isOpen}
        title={t("console.rectification.publish")}
        lead={t("console.rectification.publishLead")}
        initial={{
          returnsAfterDays: inForce?.returnsAfterDays ?? 365,
          welder: pointsOf("welder"),
          enterprise: pointsOf("enterprise"),
        }}
        fields={(failures) => (
          <>
            <Form.Item
              name="effectiveFrom"
              label={t("console.lawPacks.effectiveFrom")}
              {...failedItem(failures.effectiveFrom)}
            >
              <Input type="datetime-local" />
            </Form.Item>
            <Form.Item
              name="returnsAfterDays"
              label={t("console.rectification.returnsAfterDays")}
              {...failedItem(failures.returnsAfterDays)}
            >
              <InputNumber />
            </Form.Item>
            {current.causes.map(({ cause, title }) => (
              <fieldset key={cause} className="rectification-form-item">
                <legend>{word(title)}</legend>
                <div className="enterprise-form">
                  {HOLDERS.map((holder) => (
                    <Form.Item
                      key={holder}
                      name={[holder, cause]}
                      label={t(
                        holder === "welder"
                          ? "console.rectification.welderPoints"
                          : "console.rectification.firmPoints",
                      )}
                    >
                      <InputNumber min={1} max={100} precision={0} />
                    </Form.Item>
                  ))}
                </div>
              </fieldset>
            ))}
          </>
        )}
        send={({ reason, effectiveFrom, returnsAfterDays, ...points }) => {
          const from = effectiveFrom ? instantOfInput(effectiveFrom) : null;
          return api.call(creditRoutes.publishCreditRules, {
            params: { region },
            body: {
              basedOnVersion: current.newestVersion,
              reason,
              returnsAfterDays,
              ...(from ? { effectiveFrom: from } : {}),
              rules: HOLDERS.flatMap((holder) =>
                current.causes.flatMap(({ cause }) => {
                  const taken = points[holder]?.[cause];
                  return taken ? [{ cause, holder, points: taken }] : [];
                }),
              ),
            },
          });
        }}
        onCancel={() => setIsOpen(false)}
        onDone={() => {
          setIsOpen(false);
          onDone();
        }}
      />
    </>
  );
}
