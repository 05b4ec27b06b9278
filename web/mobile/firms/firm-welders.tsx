import { enterprisePeopleRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import { MoreButton } from "../history/more-button.tsx";
import { usePages } from "../history/use-pages.ts";

/** Who works for the organisation; new ones are asked and answer on their own phone. */
export function FirmWelders({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation();
  const params = { enterpriseId };
  const [phone, setPhone] = useState("");
  const [leaving, setLeaving] = useState<string>();
  const { pages, items } = usePages(["firm-welders", enterpriseId], (page, pageSize, signal) =>
    api.call(enterprisePeopleRoutes.listEnterpriseWelders, { params, query: { page, pageSize }, signal }),
  );
  const invite = useMutation({
    mutationFn: () => api.call(enterprisePeopleRoutes.addEnterpriseWelder, { params, body: { phone } }),
    onSuccess: () => {
      setPhone("");
      void pages.refetch();
    },
  });
  const remove = useMutation({
    mutationFn: (welderId: string) =>
      api.call(enterprisePeopleRoutes.removeEnterpriseWelder, { params: { ...params, welderId } }),
    onSettled: () => pages.refetch(),
  });
  const wrong = fieldFailures(invite.error).phone;
  const failed = remove.error ?? (wrong ? null : invite.error);
  return (
    <section className="stack" aria-labelledby="welders-title">
      <h2 id="welders-title">{t("mobile.enterprises.welders.title")}</h2>
      {failed ? <p role="alert">{failureText(failed)}</p> : null}
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate();
        }}
      >
        <TextField
          label={t("mobile.enterprises.welders.phone")}
          value={phone}
          onChange={setPhone}
          type="tel"
          maxLength={11}
          error={wrong}
        />
        <Button className="plain" block color="primary" type="submit" loading={invite.isPending}>
          {t("mobile.enterprises.welders.invite")}
        </Button>
      </form>
      {items?.length === 0 ? <p className="card">{t("mobile.enterprises.welders.none")}</p> : null}
      <ul className="item-list">
        {items?.map((welder) => (
          <li key={welder.welderId} className="card row">
            <div>
              <p>
                {welder.name}{" "}
                {welder.isListed ? (
                  <span className="tag tag-go">{t("mobile.enterprises.welders.listed")}</span>
                ) : null}
              </p>
              <p className="soft">
                {[t(`mobile.enterprises.welders.${welder.relation}`), welder.throughName]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            {welder.relation === "contractor" ? null : (
              <Button
                className="plain"
                color="danger"
                fill="outline"
                onClick={() => setLeaving(welder.welderId)}
              >
                {t("mobile.enterprises.welders.remove")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
      {leaving ? (
        <ConfirmDialog
          title={t("mobile.enterprises.welders.removeAsk")}
          action={t("mobile.enterprises.welders.remove")}
          onSure={() => remove.mutate(leaving)}
          onClose={() => setLeaving(undefined)}
        />
      ) : null}
    </section>
  );
}
