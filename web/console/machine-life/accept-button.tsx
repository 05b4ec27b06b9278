import { machineLifeRoutes } from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";

/** Takes an offered machine over, after one question. */
export function AcceptButton({ transferId }: { transferId: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const accept = useMutation({
    mutationFn: () => api.call(machineLifeRoutes.acceptTransfer, { params: { transferId } }),
    onSuccess: () => void message.success(t("console.machineLife.taken")),
    onError: (error) => void message.error(failureText(error)),
    onSettled: () => {
      for (const key of ["transfers", "machines"]) void client.invalidateQueries({ queryKey: [key] });
    },
  });
  return (
    <Popconfirm
      title={t("console.machineLife.acceptLead")}
      okText={t("console.machineLife.accept")}
      cancelText={t("common.cancel")}
      onConfirm={() => accept.mutate()}
    >
      <Button type="primary" loading={accept.isPending}>
        {t("console.machineLife.accept")}
      </Button>
    </Popconfirm>
  );
}
