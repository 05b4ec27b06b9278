import { type RetrofitCampaignDetail, retrofitRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { Failure } from "../ui/failure.tsx";

/** Who fits the chips; nobody named means every installer of the region. */
export function CampaignInstallers({ campaign }: { campaign: RetrofitCampaignDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string[] | null>(null);
  const params = { campaignId: campaign.campaignId };
  const choices = useQuery({
    queryKey: ["installer-choices", campaign.campaignId],
    queryFn: ({ signal }) => api.call(retrofitRoutes.listInstallers, { params, signal }),
    enabled: chosen !== null,
  });
  const assign = useMutation({
    mutationFn: (personIds: string[]) =>
      api.call(retrofitRoutes.assignInstallers, { params, body: { personIds } }),
    onSuccess: () => {
      setChosen(null);
      void client.invalidateQueries({ queryKey: ["campaign", campaign.campaignId] });
    },
  });
  const names = campaign.installers.map(({ name }) => name).join(" ");
  return (
    <p className="retrofit-notes">
      <span>{t("console.retrofit.assigned", { names: names || t("console.retrofit.everyInstaller") })}</span>
      <Button size="small" onClick={() => setChosen(campaign.installers.map(({ personId }) => personId))}>
        {t("console.retrofit.assign")}
      </Button>
      {campaign.note ? <span className="soft">{campaign.note}</span> : null}
      <Modal
        open={chosen !== null}
        title={t("console.retrofit.assign")}
        okText={t("console.retrofit.assign")}
        cancelText={t("common.cancel")}
        okButtonProps={{ loading: assign.isPending }}
        onOk={() => assign.mutate(chosen ?? [])}
        onCancel={() => setChosen(null)}
      >
        <Select
          mode="multiple"
          style={{ width: "100%" }}
          aria-label={t("console.retrofit.installers")}
          value={chosen ?? []}
          loading={choices.isPending}
          options={(choices.data?.installers ?? []).map(({ personId, name }) => ({
            value: personId,
            label: `${name} ${personId.slice(-4)}`,
          }))}
          onChange={setChosen}
        />
        {assign.isError ? <Failure error={assign.error} /> : null}
      </Modal>
    </p>
  );
}
