import { type EnterpriseDetail, enterpriseRoutes } from "@hanyouxu/api";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "../../ui/api.ts";
import { ReasonButton } from "./reason-button.tsx";

/** What the person may do with the organisation as it stands. */
export function EnterpriseActions({
  enterprise,
  onDone,
}: {
  enterprise: EnterpriseDetail;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { rights, status } = enterprise;
  const params = { enterpriseId: enterprise.enterpriseId };
  const review = (isApproved: boolean) => (reason: string) =>
    api.call(enterpriseRoutes.reviewEnterprise, { params, body: { isApproved, reason } });
  return (
    <div className="page-actions">
      {rights.review && status === "pending" ? (
        <>
          <ReasonButton
            word={t("console.enterprises.approve")}
            lead={t("console.enterprises.approveLead")}
            hasReason={false}
            send={review(true)}
            onDone={onDone}
          />
          <ReasonButton
            word={t("console.enterprises.reject")}
            lead={t("console.enterprises.rejectLead")}
            isDanger
            send={review(false)}
            onDone={onDone}
          />
        </>
      ) : null}
      {rights.suspend && status === "active" ? (
        <ReasonButton
          word={t("console.enterprises.suspend")}
          lead={t("console.enterprises.suspendLead")}
          isDanger
          send={(reason) => api.call(enterpriseRoutes.suspendEnterprise, { params, body: { reason } })}
          onDone={onDone}
        />
      ) : null}
      {rights.suspend && status === "suspended" ? (
        <ReasonButton
          word={t("console.enterprises.reactivate")}
          lead={t("console.enterprises.reactivateLead")}
          send={(reason) => api.call(enterpriseRoutes.reactivateEnterprise, { params, body: { reason } })}
          onDone={onDone}
        />
      ) : null}
      {rights.edit ? (
        <Button type="primary" onClick={() => navigate(`/enterprises/${enterprise.enterpriseId}/edit`)}>
          {t("console.enterprises.edit")}
        </Button>
      ) : null}
    </div>
  );
}
