import { retrofitRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { useMe } from "../../ui/use-me.ts";
import { fieldFailure } from "../ui/field-failure.ts";

/** A campaign over the caller's own region, with every township's machines without a chip as its targets. */
export function NewCampaignButton() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<{ name: string; region: string; note: string }>();
  const ownRegion = useMe().data?.roles.find(
    ({ role, region }) => region !== null && (role === "regulator" || role === "operator"),
  )?.region;
  const townships = useQuery({
    queryKey: ["retrofit-townships"],
    queryFn: ({ signal }) => api.call(retrofitRoutes.listRetrofitTownships, { signal }),
    enabled: isOpen,
  });
  const make = useMutation({
    mutationFn: (input: { name: string; region: string; note: string }) => {
      const targets = (townships.data?.townships ?? [])
        .filter(({ region, machineCount }) => region.startsWith(input.region) && machineCount > 0)
        .slice(0, 200)
        .map(({ region, machineCount }) => ({ region, machineCount }));
      return api.call(retrofitRoutes.makeCampaign, { body: { ...input, targets } });
    },
    onSuccess: ({ campaignId }) => {
      void client.invalidateQueries({ queryKey: ["campaigns"] });
      void navigate(`/retrofit/${campaignId}`);
    },
  });
  const fields = fieldFailures(make.error);
  const help = (name: string) => fieldFailure(fields[name]);
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          make.reset();
          setIsOpen(true);
        }}
      >
        {t("console.retrofit.new")}
      </Button>
      <Modal
        open={isOpen}
        title={t("console.retrofit.new")}
        okText={t("console.retrofit.new")}
        cancelText={t("common.cancel")}
        okButtonProps={{ loading: make.isPending, disabled: townships.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        destroyOnHidden
      >
        <Form
          name="new-campaign"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ name: "", region: ownRegion ?? "", note: "" }}
          onFinish={(input) => make.mutate(input)}
        >
          <Form.Item name="name" label={t("console.retrofit.name")} {...help("name")}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="region" label={t("console.retrofit.region")} {...help("region")}>
            <Input maxLength={9} />
          </Form.Item>
          <Form.Item name="note" label={t("console.retrofit.note")} {...help("note")}>
            <Input maxLength={200} />
          </Form.Item>
        </Form>
        <p className="soft">
          {t("console.retrofit.targets", {
            townships: townships.data?.townships.length ?? 0,
            machines: (townships.data?.townships ?? []).reduce(
              (sum, { machineCount }) => sum + machineCount,
              0,
            ),
          })}
        </p>
        {make.isError && Object.keys(fields).length === 0 ? (
          <Alert type="error" showIcon title={failureText(make.error)} />
        ) : null}
      </Modal>
    </>
  );
}
