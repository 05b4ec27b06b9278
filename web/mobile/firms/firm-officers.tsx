import { enterprisePeopleRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { ConfirmDialog } from "../confirm-dialog.tsx";

/** Who answers for the organisation: added by phone; the last one stays. */
export function FirmOfficers({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation();
  const params = { enterpriseId };
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [leaving, setLeaving] = useState<string>();
  const officers = useQuery({
    queryKey: ["firm-officers", enterpriseId],
    queryFn: ({ signal }) => api.call(enterprisePeopleRoutes.listEnterpriseOfficers, { params, signal }),
  });
  const add = useMutation({
    mutationFn: () =>
      api.call(enterprisePeopleRoutes.addEnterpriseOfficer, { params, body: { name, phone } }),
    onSuccess: () => {
      setName("");
      setPhone("");
      void officers.refetch();
    },
  });
  const remove = useMutation({
    mutationFn: (personId: string) =>
      api.call(enterprisePeopleRoutes.removeEnterpriseOfficer, { params: { ...params, personId } }),
    onSettled: () => officers.refetch(),
  });
  const wrong = fieldFailures(add.error);
  const failed = remove.error ?? officers.error ?? (Object.keys(wrong).length === 0 ? add.error : null);
  return (
    <section className="stack" aria-labelledby="officers-title">
      <h2 id="officers-title">{t("mobile.enterprises.officers.title")}</h2>
      {failed ? <p role="alert">{failureText(failed)}</p> : null}
      <ul className="item-list">
        {officers.data?.officers.map((officer) => (
          <li key={officer.personId} className="card row">
            <span>
              {officer.name} <span className="soft">{officer.phone}</span>
            </span>
            <Button
              className="plain"
              color="danger"
              fill="outline"
              onClick={() => setLeaving(officer.personId)}
            >
              {t("mobile.enterprises.officers.remove")}
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <TextField
          label={t("mobile.enterprises.officers.name")}
          value={name}
          onChange={setName}
          maxLength={50}
          error={wrong.name}
        />
        <TextField
          label={t("mobile.enterprises.officers.phone")}
          value={phone}
          onChange={setPhone}
          type="tel"
          maxLength={11}
          error={wrong.phone}
        />
        <Button className="plain" block color="primary" type="submit" loading={add.isPending}>
          {t("mobile.enterprises.officers.add")}
        </Button>
      </form>
      {leaving ? (
        <ConfirmDialog
          title={t("mobile.enterprises.officers.removeAsk")}
          action={t("mobile.enterprises.officers.remove")}
          onSure={() => remove.mutate(leaving)}
          onClose={() => setLeaving(undefined)}
        />
      ) : null}
    </section>
  );
}
