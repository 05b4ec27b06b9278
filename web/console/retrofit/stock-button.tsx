import { type RetrofitCampaignDetail, retrofitRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, InputNumber, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { fieldFailure } from "../ui/field-failure.ts";

const KINDS = ["receive", "allocate", "return", "defective"] as const;

interface Movement {
  kind: (typeof KINDS)[number];
  region?: string;
  quantity: number;
  box?: string;
  chipId?: string;
  note: string;
}

/** Books boxes of chips: into the store, out to a township, back, or away. */
export function StockButton({ campaign }: { campaign: RetrofitCampaignDetail }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<Movement>();
  const kind = Form.useWatch("kind", form) ?? "allocate";
  const params = { campaignId: campaign.campaignId };
  const townships = useQuery({
    queryKey: ["retrofit-townships"],
    queryFn: ({ signal }) => api.call(retrofitRoutes.listRetrofitTownships, { signal }),
    enabled: isOpen,
  });
  const book = useMutation({
    mutationFn: ({ region, box, chipId, ...movement }: Movement) => {
      const more = { ...(region ? { region } : {}), ...(box ? { box } : {}), ...(chipId ? { chipId } : {}) };
      return api.call(retrofitRoutes.moveStock, { params, body: { ...movement, ...more } as never });
    },
    onSuccess: () => {
      setIsOpen(false);
      void client.invalidateQueries({ queryKey: ["campaign", campaign.campaignId] });
      void client.invalidateQueries({ queryKey: ["movements", campaign.campaignId] });
    },
  });
  const fields = fieldFailures(book.error);
  const help = (name: string) => fieldFailure(fields[name]);
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          book.reset();
          form.resetFields();
          setIsOpen(true);
        }}
      >
        {t("console.retrofit.book")}
      </Button>
      <Modal
        open={isOpen}
        title={t("console.retrofit.book")}
        okText={t("console.retrofit.book")}
        cancelText={t("common.cancel")}
        okButtonProps={{ loading: book.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setIsOpen(false)}
        forceRender
      >
        <Form
          name="stock"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ kind: "receive", quantity: 1, note: "" }}
          onFinish={(movement) => book.mutate(movement)}
        >
          <Form.Item name="kind" label={t("console.retrofit.kind")}>
            <Select options={KINDS.map((value) => ({ value, label: t(`console.retrofit.move.${value}`) }))} />
          </Form.Item>
          {kind === "receive" ? null : (
            <Form.Item name="region" label={t("console.retrofit.township")} {...help("region")}>
              <Select
                showSearch={{ optionFilterProp: "label" }}
                allowClear={kind === "defective"}
                options={(townships.data?.townships ?? [])
                  .filter(({ region }) => region.startsWith(campaign.region))
                  .map(({ region, regionName }) => ({ value: region, label: regionName }))}
              />
            </Form.Item>
          )}
          <Form.Item name="quantity" label={t("console.retrofit.quantity")} {...help("quantity")}>
            <InputNumber min={1} max={100_000} precision={0} />
          </Form.Item>
          {kind === "receive" || kind === "allocate" ? (
            <Form.Item name="box" label={t("console.retrofit.box")} {...help("box")}>
              <Input maxLength={40} />
            </Form.Item>
          ) : (
            <Form.Item
              name="chipId"
              label={t("console.retrofit.chip")}
              extra={t("console.retrofit.chipHint")}
              {...help("chipId")}
            >
              <Input maxLength={16} />
            </Form.Item>
          )}
          <Form.Item name="note" label={t("console.retrofit.note")} {...help("note")}>
            <Input maxLength={200} />
          </Form.Item>
        </Form>
        {book.isError && Object.keys(fields).length === 0 ? (
          <Alert type="error" showIcon title={failureText(book.error)} />
        ) : null}
      </Modal>
    </>
  );
}
