import { type EnterpriseRole, enterpriseRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";

interface Props {
  label: string;
  kind?: EnterpriseRole;
  className?: string;
  /** An organisation's id. */
  value?: string | undefined;
  onChange?: (enterpriseId: string | undefined) => void;
}

const FEWEST_CHARACTERS = 2;

/** Chooses an organisation by typing part of its name. */
export function FirmSelect({ label, kind, className, value, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const text = typed.trim();
  const found = useQuery({
    queryKey: ["enterprise-names", text, kind],
    queryFn: ({ signal }) =>
      api.call(enterpriseRoutes.findEnterpriseNames, {
        query: { text, ...(kind ? { role: kind } : {}) },
        signal,
      }),
    enabled: text.length >= FEWEST_CHARACTERS,
    placeholderData: (previous) => previous,
  });
  const options = (found.data?.enterprises ?? []).map((firm) => ({
    value: firm.enterpriseId,
    label: firm.name,
  }));
  // One that the address names is known by its id only.
  const chosen = useQuery({
    queryKey: ["enterprise", value],
    queryFn: ({ signal }) =>
      api.call(enterpriseRoutes.getEnterprise, { params: { enterpriseId: value! }, signal }),
    enabled: value !== undefined && !options.some((option) => option.value === value),
    retry: false,
  });
  const shown =
    value !== undefined && chosen.data && !options.some((option) => option.value === value)
      ? [{ value, label: chosen.data.name }, ...options]
      : options;
  return (
    <Select
      {...(className ? { className } : {})}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      aria-label={label}
      placeholder={label}
      value={value ?? null}
      options={shown}
      notFoundContent={t("console.enterprises.contract.find")}
      onChange={(id: string | null | undefined) => onChange?.(id ?? undefined)}
    />
  );
}
