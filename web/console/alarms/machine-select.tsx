import { machineRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";

interface Props {
  label: string;
  className?: string;
  value?: string | undefined;
  onChange?: (machineId: string | undefined) => void;
}

const SHOWN = 20;

/** Chooses a machine by part of its name, model, code or owner. */
export function MachineSelect({ label, className, value, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const text = typed.trim();
  const found = useQuery({
    queryKey: ["machines", "to-choose", text],
    queryFn: ({ signal }) =>
      api.call(machineRoutes.listMachines, { query: { text, pageSize: SHOWN }, signal }),
    enabled: text !== "",
    placeholderData: (previous) => previous,
  });
  // One that the address names is known by its id only.
  const chosen = useQuery({
    queryKey: ["machine", value],
    queryFn: ({ signal }) => api.call(machineRoutes.getMachine, { params: { machineId: value! }, signal }),
    enabled: value !== undefined,
    retry: false,
  });
  const options = (found.data?.items ?? []).map(({ machineId, name, enterpriseName }) => ({
    value: machineId,
    label: `${name} · ${enterpriseName}`,
  }));
  const isListed = options.some((option) => option.value === value);
  return (
    <Select
      {...(className ? { className } : {})}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      aria-label={label}
      placeholder={label}
      value={value ?? null}
      options={
        value !== undefined && chosen.data && !isListed
          ? [{ value, label: chosen.data.name }, ...options]
          : options
      }
      notFoundContent={t("console.alarms.typeMachine")}
      onChange={(id: string | null | undefined) => onChange?.(id ?? undefined)}
    />
  );
}
