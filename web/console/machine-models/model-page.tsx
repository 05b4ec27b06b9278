import { machineModelRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../ui/api.ts";
import { useMe } from "../../ui/use-me.ts";
import { Failure } from "../ui/failure.tsx";
import { CoverModel } from "./cover-model.tsx";
import "./machine-models.css";
import { ModelFactsPanel } from "./model-facts-panel.tsx";
import { modelPath } from "./model-path.ts";
import { ProfileEditor } from "./profile-editor.tsx";
import { ProfilePanel } from "./profile-panel.tsx";
import { useWords } from "./use-words.ts";

/** One model: what its designation says, what is known of it, and how a chip is fitted to it. */
export function ModelPage() {
  const { t } = useTranslation();
  const words = useWords();
  const designation = useParams().designation ?? "";
  const [isEditing, setIsEditing] = useState(false);
  const mayEdit =
    useMe().data?.roles.some(({ role }) => role === "operator" || role === "regulator") ?? false;
  const model = useQuery({
    queryKey: ["model", designation],
    queryFn: ({ signal }) =>
      api.call(machineModelRoutes.lookUpModel, { query: { model: designation }, signal }),
  });
  const shown = model.data;
  return (
    <main className="console-page">
      <header className="page-head">
        <h1 className="page-title">{designation}</h1>
        {shown?.profile && mayEdit ? (
          <div className="page-actions">
            <Button type="primary" onClick={() => setIsEditing(true)}>
              {t("console.machineModels.edit")}
            </Button>
          </div>
        ) : null}
      </header>
      {model.isPending ? <Spin description={t("common.loading")} /> : null}
      {model.isError ? <Failure error={model.error} onRetry={model.refetch} /> : null}
      {shown?.problem ? (
        <Alert
          type="warning"
          showIcon
          title={words(shown.problem)}
          description={
            shown.suggestion ? (
              <Link to={modelPath(shown.suggestion)}>
                {t("console.machineModels.suggestion", { designation: shown.suggestion })}
              </Link>
            ) : null
          }
        />
      ) : null}
      {shown ? (
        <div className="machine-columns">
          <div className="machine-side">
            <ModelFactsPanel model={shown} />
          </div>
          {shown.profile ? (
            <ProfilePanel profile={shown.profile} />
          ) : (
            <CoverModel designation={shown.designation} mayEdit={mayEdit} />
          )}
        </div>
      ) : null}
      {shown?.profile && isEditing ? (
        <ProfileEditor profile={shown.profile} onClose={() => setIsEditing(false)} />
      ) : null}
    </main>
  );
}
