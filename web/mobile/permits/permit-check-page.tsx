import "./permits.css";
import { hotWorkPermitRoutes } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { PaperCheckPage } from "../paper-check-page.tsx";
import { PermitStatusTag } from "./permit-status-tag.tsx";

/** Of a printed permit: whether it is real, and whether it holds now. */
export function PermitCheckPage() {
  const { t } = useTranslation();
  return (
    <PaperCheckPage
      title={t("mobile.permits.checkTitle")}
      paper="permit"
      ask={(verificationCode, signal) =>
        api.call(hotWorkPermitRoutes.verifyPermit, { params: { verificationCode }, signal })
      }
    >
      {(permit) => (
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
      )}
    </PaperCheckPage>
  );
}
