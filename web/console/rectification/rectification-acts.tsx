import { type RectificationDetail, rectificationRoutes } from "@hanyouxu/api";
import { Button, Form, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { ReasonButton } from "../enterprises/reason-button.tsx";
import { failedItem, ReasonDialog } from "../ui/reason-dialog.tsx";
import { ReinspectDialog } from "./reinspect-dialog.tsx";

/** What staff may do about an order now; the firm answers on the phone, where the camera is. */
export function RectificationActs({ order, onDone }: { order: RectificationDetail; onDone: () => void }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<"decide-extension" | "reinspect">();
  const params = { rectificationId: order.rectificationId };
  const close = () => setAsked(undefined);
  const done = () => {
    close();
    onDone();
  };
  return (
    <>
      {(["reinspect", "decide-extension"] as const)
        .filter((act) => order.mayDo.includes(act))
        .map((act) => (
          <Button key={act} type="primary" onClick={() => setAsked(act)}>
            {t(`console.rectification.act.${act}`)}
          </Button>
        ))}
      {order.mayDo.includes("cancel") ? (
        <ReasonButton
          word={t("console.rectification.act.cancel")}
          lead={t("console.rectification.cancelLead")}
          isDanger
          send={(reason) => api.call(rectificationRoutes.cancelRectification, { params, body: { reason } })}
          onDone={onDone}
        />
      ) : null}
      {asked === "reinspect" ? <ReinspectDialog order={order} onDone={done} onClose={close} /> : null}
      {asked === "decide-extension" && order.extension ? (
        <ReasonDialog<{ isGranted: boolean; reason: string }, unknown>
          name="rectification-extension"
          isOpen
          title={t("console.rectification.act.decide-extension")}
          lead={t("console.rectification.extensionLead", {
            until: dateTime(order.extension.until),
            reason: order.extension.reason,
          })}
          initial={{ isGranted: true }}
          fields={(failures) => (
            <Form.Item name="isGranted" {...failedItem(failures.isGranted)}>
              <Radio.Group
                options={[
                  { value: true, label: t("console.rectification.granted") },
                  { value: false, label: t("console.rectification.refused") },
                ]}
              />
            </Form.Item>
          )}
          send={(body) => api.call(rectificationRoutes.decideRectificationExtension, { params, body })}
          onDone={done}
          onCancel={close}
        />
      ) : null}
    </>
  );
}
