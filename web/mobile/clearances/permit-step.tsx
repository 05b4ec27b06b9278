import {
  type ClearanceDetail,
  clearanceRoutes,
  type HotWorkPermit,
  hotWorkPermitRoutes,
} from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { shortDateTime } from "../../ui/format.ts";
import { useClearanceStep } from "./use-clearance.ts";

const MOST_PERMITS = 50;
const USABLE: ReadonlySet<HotWorkPermit["status"]> = new Set(["submitted", "approved"]);

/** The permit that the work is done under: one of the welder's own for this area, or a new one. */
export function PermitStep({ clearance }: { clearance: ClearanceDetail }) {
  const { t } = useTranslation();
  const { permit } = clearance;
  return (
    <section className="card stack" aria-labelledby="permit-title" data-step-open="permit">
      <h2 id="permit-title">{t("common.clearances.step.permit")}</h2>
      {permit ? (
        <>
          <p role="status">{t(`mobile.clearances.permit.${permit.status}`)}</p>
          {permit.validFrom && permit.validTo ? (
            <p>
              {t("mobile.clearances.permit.valid", {
                from: shortDateTime(permit.validFrom),
                to: shortDateTime(permit.validTo),
              })}
            </p>
          ) : null}
          <Link className="photo-button" to={`/permits/${permit.permitId}`}>
            {t("mobile.clearances.permit.open")}
          </Link>
        </>
      ) : (
        <OwnPermits clearance={clearance} />
      )}
    </section>
  );
}

function OwnPermits({ clearance: { clearanceId, keyAreaId, machineCode } }: { clearance: ClearanceDetail }) {
  const { t } = useTranslation();
  const own = useQuery({
    queryKey: ["own-permits", "for-area", keyAreaId],
    queryFn: ({ signal }) =>
      api.call(hotWorkPermitRoutes.listOwnHotWorkPermits, { query: { pageSize: MOST_PERMITS }, signal }),
  });
  const attach = useClearanceStep<string>(clearanceId, (permitId) =>
    api.call(clearanceRoutes.attachPermit, { params: { clearanceId }, body: { permitId } }),
  );
  const usable = own.data?.items.filter(
    (permit) => permit.keyAreaId === keyAreaId && USABLE.has(permit.status),
  );
  const failure = attach.error ?? own.error;
  return (
    <>
      <p>{t("mobile.clearances.permit.lead")}</p>
      {own.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {failure ? (
        <p className="field-error" role="alert">
          {failureText(failure)}
        </p>
      ) : null}
      <ul className="item-list">
        {usable?.map((permit) => (
          <li key={permit.permitId} className="card stack">
            <strong>{permit.permitNumber}</strong>
            <span>{permit.placeDescription || permit.workDescription}</span>
            {permit.plannedFrom && permit.plannedTo ? (
              <span className="soft">
                {shortDateTime(permit.plannedFrom)} – {shortDateTime(permit.plannedTo)}
              </span>
            ) : null}
            <Button
              className="big"
              block
              color="primary"
              loading={attach.isPending && attach.variables === permit.permitId}
              onClick={() => attach.mutate(permit.permitId)}
            >
              {t("mobile.clearances.permit.attach")}
            </Button>
          </li>
        ))}
      </ul>
      <Link className="photo-button" to={`/permits?area=${keyAreaId}&machine=${machineCode ?? ""}`}>
        {t("mobile.clearances.permit.new")}
      </Link>
    </>
  );
}
