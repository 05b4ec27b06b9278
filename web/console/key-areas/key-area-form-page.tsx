import { Spin } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Failure } from "../ui/failure.tsx";
import { KeyAreaForm } from "./key-area-form.tsx";
import { useKeyArea } from "./use-key-area.ts";

export function KeyAreaFormPage() {
  const { t } = useTranslation();
  const { keyAreaId } = useParams();
  const area = useKeyArea(keyAreaId);
  return (
    <main className="console-page">
      <h1 className="page-title">{t(`console.keyAreas.form.${keyAreaId ? "edit" : "create"}`)}</h1>
      {keyAreaId && area.isPending ? <Spin description={t("common.loading")} /> : null}
      {area.isError ? <Failure error={area.error} onRetry={area.refetch} /> : null}
      {keyAreaId === undefined ? <KeyAreaForm /> : null}
      {area.data ? <KeyAreaForm key={area.data.version} area={area.data} /> : null}
    </main>
  );
}
