import { type RegionOrder, regionOrderKind, regionOrderRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "../../ui/api.ts";
import { FirmSelect } from "../enterprises/firm-select.tsx";
import { failedItem, ReasonDialog } from "../ui/reason-dialog.tsx";
import { useCommandedRegions } from "./use-commanded-regions.ts";

interface Fields {
  kind: RegionOrder["kind"];
  region: string;
  enterpriseId?: string;
  reason: string;
}

/** Asks for an order; before it is sent it says how many machines it would reach. */
export function AskOrderButton() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const regions = useCommandedRegions();
  const [own] = regions ?? [];
  return (
    <>
      <Button danger type="primary" disabled={!regions} onClick={() => setIsOpen(true)}>
        {t("console.regionOrders.ask")}
      </Button>
      {regions ? (
        <ReasonDialog<Fields, RegionOrder>
          name="region-order"
          isOpen={isOpen}
          isDanger
          title={t("console.regionOrders.ask")}
          lead={t("console.regionOrders.askLead")}
          initial={{ kind: "lock", ...(own ? { region: own.value } : {}) }}
          fields={(failures) => (
            <>
              <Form.Item name="kind" label={t("console.regionOrders.kind")} {...failedItem(failures.kind)}>
                <Radio.Group
                  options={regionOrderKind.options.map((value) => ({
                    value,
                    label: t(`console.regionOrders.kinds.${value}`),
                  }))}
                />
              </Form.Item>
              <Form.Item name="region" label={t("console.machine.region")} {...failedItem(failures.region)}>
                <Select options={regions} showSearch={{ optionFilterProp: "label" }} />
              </Form.Item>
              <Form.Item
                name="enterpriseId"
                label={t("console.regionOrders.firm")}
                {...failedItem(failures.enterpriseId)}
              >
                <FirmSelect label={t("console.regionOrders.firm")} />
              </Form.Item>
              <Form.Item<Fields> noStyle dependencies={["region", "enterpriseId"]}>
                {({ getFieldsValue }) => <Reach {...(getFieldsValue() as Partial<Fields>)} />}
              </Form.Item>
            </>
          )}
          send={({ enterpriseId, ...body }) =>
            api.call(regionOrderRoutes.askRegionOrder, {
              body: { ...body, enterpriseId: enterpriseId ?? null },
            })
          }
          onCancel={() => setIsOpen(false)}
          onDone={({ regionOrderId }) => {
            setIsOpen(false);
            void navigate(`/region-orders/${regionOrderId}`);
          }}
        />
      ) : null}
    </>
  );
}

function Reach({ region, enterpriseId }: Partial<Fields>) {
  const { t } = useTranslation();
  const query = { region: region ?? "", ...(enterpriseId ? { enterpriseId } : {}) };
  const reach = useQuery({
    queryKey: ["region-order-reach", query],
    queryFn: ({ signal }) => api.call(regionOrderRoutes.countRegionOrderReach, { query, signal }),
    enabled: Boolean(region),
  });
  return (
    <p role="status" className="is-warn">
      {reach.data ? t("console.regionOrders.reach", reach.data) : t("common.loading")}
    </p>
  );
}
