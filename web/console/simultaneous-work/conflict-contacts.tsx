import { workConflictRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";

/** Whom to call on both sides, read on purpose: the audit log keeps it. */
export function ConflictContacts({ workConflictId }: { workConflictId: string }) {
  const { t } = useTranslation();
  const read = useMutation({
    mutationFn: () => api.call(workConflictRoutes.readConflictContacts, { params: { workConflictId } }),
  });
  return (
    <section className="panel">
      <p className="soft small">{t("console.simultaneousWork.contactsLead")}</p>
      <Button loading={read.isPending} onClick={() => read.mutate()}>
        {t("console.simultaneousWork.contacts")}
      </Button>
      {read.isError ? <Alert type="error" showIcon title={failureText(read.error)} /> : null}
      {read.data?.contacts.length === 0 ? <p>{t("console.simultaneousWork.noContacts")}</p> : null}
      {read.data?.contacts.map(({ enterpriseName, name, phone }) => (
        <p key={`${enterpriseName} ${phone}`}>
          {enterpriseName}: {name} <a href={`tel:${phone}`}>{phone}</a>
        </p>
      ))}
    </section>
  );
}
