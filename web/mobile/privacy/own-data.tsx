import { personalDataRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { saveBlob } from "../../ui/save-blob.ts";

/** All that is held about the person, as a JSON file on his own phone. */
export function OwnData() {
  const { t } = useTranslation();
  const load = useMutation({
    mutationFn: () => api.call(personalDataRoutes.exportOwnData, {}),
    onSuccess(data) {
      const file = new Blob([JSON.stringify(data, null, 2)], { type: "application/json" });
      saveBlob(file, "hanyouxu-personal-data.json");
    },
  });
  return (
    <section className="stack" aria-labelledby="own-data-title">
      <h2 id="own-data-title">{t("mobile.sharing.export")}</h2>
      <p>{t("mobile.sharing.exportLead")}</p>
      {load.isError ? (
        <p className="field-error" role="alert">
          {failureText(load.error)}
        </p>
      ) : null}
      <Button className="big" block loading={load.isPending} onClick={() => load.mutate()}>
        {t("mobile.sharing.exportDo")}
      </Button>
    </section>
  );
}
