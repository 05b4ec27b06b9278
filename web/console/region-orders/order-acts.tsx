import { type RegionOrder, type RegionOrderAct, regionOrderRoutes } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { ReasonButton } from "../enterprises/reason-button.tsx";

/** What the person may do about an order now, a button each. */
export function OrderActs({ order, onDone }: { order: RegionOrder; onDone: () => void }) {
  const { t } = useTranslation();
  const params = { regionOrderId: order.regionOrderId };
  const send: Record<RegionOrderAct, (reason: string) => Promise<RegionOrder>> = {
    confirm: () => api.call(regionOrderRoutes.confirmRegionOrder, { params }),
    refuse: (reason) => api.call(regionOrderRoutes.refuseRegionOrder, { params, body: { reason } }),
    withdraw: (reason) => api.call(regionOrderRoutes.withdrawRegionOrder, { params, body: { reason } }),
    "ask-lift": (reason) => api.call(regionOrderRoutes.askLift, { params, body: { reason } }),
    "confirm-lift": () => api.call(regionOrderRoutes.confirmLift, { params }),
    "refuse-lift": (reason) => api.call(regionOrderRoutes.refuseLift, { params, body: { reason } }),
  };
  return order.mayDo.map((act) => (
    <ReasonButton
      key={act}
      word={t(`console.regionOrders.act.${act}`)}
      lead={t(`console.regionOrders.actLead.${act}`)}
      isDanger={act === "confirm"}
      hasReason={act !== "confirm" && act !== "confirm-lift"}
      send={send[act]}
      onDone={onDone}
    />
  ));
}
