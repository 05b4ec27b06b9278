import "./permits.css";
import { hotWorkPermitRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Page } from "../page.tsx";
import { PermitStatusTag } from "./permit-status-tag.tsx";

/** For anybody who scans the code on a printed permit: whether it is real, and whether it holds now. */
export function PermitCheckPage() {
  const { t } = useTranslation();
  const verificationCode = useParams().code ?? "";
  const check = useQuery({
    queryKey: ["permit-check", verificationCode],
    queryFn: ({ signal }) =>
      api.call(hotWorkPermitRoutes.verifyPermit, { params: { verificationCode }, signal }),
  });
  const permit = check.data;
  return (
    <Page title={t("mobile.permits.checkTitle")}>
      {check.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {check.isError ? (
        <p className="card" role="alert">
          {failureText(check.error)}
        </p>
      ) : null}
      {permit ? (
        <section className="card stack" data-valid={permit.isValidNow}>
          <h2 className={permit.isValidNow ? "permit-valid" : "permit-invalid"}>
            {t(permit.isValidNow ? "mobile.permits.checkValid" : "mobile.permits.checkInvalid")}
          </h2>
          <p className="row">
            <strong>{permit.permitNumber}</strong>
            <PermitStatusTag status={permit.status} />
          </p>
          {permit.validFrom && permit.validTo ? (
            <p>
              {dateTime(permit.validFrom)} – {dateTime(permit.validTo)}
            </p>
          ) : null}
        </section>
      ) : null}
    </Page>
  );
}
