import {
  type InstallationDetail,
  installationRoutes,
  machineModelRoutes,
  type WeldingProcess,
  weldingProcess,
} from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { StepFailure } from "../step-failure.tsx";
import { ChoiceField } from "./choice-field.tsx";
import { useStep } from "./use-installation.ts";

/** The machine that the blank label is on: whose, what model, what name. The model's process is filled in. */
export function MachineStep({ installation: { installationId } }: { installation: InstallationDetail }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [enterpriseId, setEnterpriseId] = useState("");
  const [name, setName] = useState("");
  const [model, setModel] = useState("");
  const [askedModel, setAskedModel] = useState("");
  const [chosen, setChosen] = useState<WeldingProcess | "">("");
  const [isMobile, setIsMobile] = useState(false);
  const enterprises = useQuery({
    queryKey: ["retrofit-enterprises", search],
    queryFn: ({ signal }) =>
      api.call(installationRoutes.findEnterprises, { query: { text: search }, signal }),
    placeholderData: (previous) => previous,
  });
  const known = useQuery({
    queryKey: ["model", askedModel],
    queryFn: ({ signal }) =>
      api.call(machineModelRoutes.lookUpModel, { query: { model: askedModel }, signal }),
    enabled: askedModel.length >= 2,
    retry: false,
  });
  const process = chosen || known.data?.facts.process || "";
  const register = useStep(
    installationId,
    installationRoutes.setInstallationMachine,
    (kind: WeldingProcess) => ({
      params: { installationId },
      body: { enterpriseId, name, model, process: kind, isMobile },
    }),
  );
  const failures = fieldFailures(register.error);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (process) register.mutate(process);
      }}
    >
      <TextField
        label={t("mobile.retrofit.findEnterprise")}
        value={search}
        onChange={setSearch}
        maxLength={60}
      />
      <ChoiceField
        label={t("mobile.machine.owner")}
        value={enterpriseId}
        onChange={setEnterpriseId}
        empty={t("mobile.retrofit.choose")}
        choices={(enterprises.data?.enterprises ?? []).map((one) => ({
          value: one.enterpriseId,
          label: `${one.name} · ${one.regionName}`,
        }))}
      />
      <TextField
        label={t("mobile.retrofit.machineName")}
        value={name}
        onChange={setName}
        error={failures.name}
        maxLength={60}
      />
      <TextField
        label={t("mobile.retrofit.model")}
        value={model}
        onChange={setModel}
        onBlur={() => setAskedModel(model.trim())}
        error={failures.model}
        placeholder="ZX7-400"
        autoCapitalize="characters"
        maxLength={40}
      />
      {known.data?.problem ? <p className="notice-warn">{t("mobile.retrofit.modelUnknown")}</p> : null}
      <ChoiceField
        label={t("mobile.machine.process")}
        value={process}
        onChange={(value) => setChosen(value as WeldingProcess)}
        empty={t("mobile.retrofit.choose")}
        choices={weldingProcess.options.map((value) => ({ value, label: t(`common.process.${value}`) }))}
      />
      <label className="fit-check">
        <input type="checkbox" checked={isMobile} onChange={(event) => setIsMobile(event.target.checked)} />
        {t("mobile.retrofit.isMobile")}
      </label>
      {Object.keys(failures).length > 0 && (failures.name || failures.model) ? null : (
        <StepFailure error={register.error} />
      )}
      <Button
        className="big"
        block
        type="submit"
        color="primary"
        loading={register.isPending}
        disabled={!enterpriseId || !process}
      >
        {t("mobile.retrofit.next")}
      </Button>
    </form>
  );
}
