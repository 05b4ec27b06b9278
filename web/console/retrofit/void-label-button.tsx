import { type Label, labelRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";

/** Makes a label void, with the reason; a machine's new label can be printed at once. */
export function VoidLabelButton({ label }: { label: Label }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState("");
  const makeVoid = useMutation({
    mutationFn: () =>
      api.call(labelRoutes.voidLabel, { params: { machineCode: label.machineCode }, body: { reason } }),
    onSuccess: ({ newMachineCode }) => {
      setIsOpen(false);
      void message.success(t(newMachineCode ? "console.label.renewed" : "console.label.voided"));
      void client.invalidateQueries({ queryKey: ["labels"] });
      void client.invalidateQueries({ queryKey: ["label-batches"] });
    },
  });
  const fieldFailure = fieldFailures(makeVoid.error).reason;
  return (
    <>
      <Button
        size="small"
        danger
        onClick={() => {
          makeVoid.reset();
          setReason("");
          setIsOpen(true);
        }}
      >
        {t("console.label.makeVoid")}
      </Button>
      <Modal
        open={isOpen}
        title={t("console.label.makeVoid")}
        okText={t("console.label.makeVoid")}
        cancelText={t("common.cancel")}
        okButtonProps={{ danger: true, loading: makeVoid.isPending }}
        onOk={() => makeVoid.mutate()}
        onCancel={() => setIsOpen(false)}
      >
        <p>{t(label.state === "bound" ? "console.label.voidBoundLead" : "console.label.voidBlankLead")}</p>
        <Input
          aria-label={t("console.command.reason")}
          placeholder={t("console.command.reason")}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {makeVoid.isError ? (
          <Alert type="error" showIcon title={fieldFailure ?? failureText(makeVoid.error)} />
        ) : null}
      </Modal>
    </>
  );
}
