import "./permits.css";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { failureText } from "../../ui/api.ts";
import { FoundConflicts } from "../../ui/found-conflicts.tsx";
import { Page } from "../page.tsx";
import { PermitForm } from "./permit-form.tsx";
import { PermitView } from "./permit-view.tsx";
import { usePermit } from "./use-permit.ts";

/** One permit: its form while it is a draft, afterwards what it says and what may be done. */
export function PermitPage() {
  const { t } = useTranslation();
  const permitId = useParams().permitId ?? "";
  const query = usePermit(permitId);
  const permit = query.data;
  return (
    <Page title={t("mobile.permits.one")} backTo="/permits">
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !permit ? (
        <section className="card stack" role="alert">
          <p>{failureText(query.error)}</p>
          <Button className="big" block color="primary" onClick={() => void query.refetch()}>
            {t("common.retry")}
          </Button>
        </section>
      ) : null}
      {permit ? <FoundConflicts conflicts={permit.conflicts} className="card stack notice-warn" /> : null}
      {permit?.may.edit ? <PermitForm key={permit.permitId} permit={permit} /> : null}
      {permit && !permit.may.edit ? <PermitView key={permit.permitId} permit={permit} /> : null}
    </Page>
  );
}
