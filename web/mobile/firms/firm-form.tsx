import "./firms.css";
import {
  ApiError,
  type EnterpriseBody,
  type EnterpriseDetail,
  enterpriseRole,
  enterpriseRoutes,
  judgeUscc,
  normalUscc,
} from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { useEnterpriseRegions } from "../../ui/use-enterprise-regions.ts";
import { ME_KEY } from "../../ui/use-me.ts";
import { phonePosition } from "../scan/position.ts";

/** The least that a review needs; the rest is filled in at the desk. */
export function FirmForm({ firm }: { firm?: EnterpriseDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const regions = useEnterpriseRegions().data ?? [];
  const [fields, setFields] = useState({
    name: firm?.name ?? "",
    uscc: firm?.uscc ?? "",
    region: firm?.region ?? "",
    address: firm?.address ?? "",
    contactName: "",
    contactPhone: "",
  });
  const [roles, setRoles] = useState<EnterpriseBody["roles"]>(firm?.roles ?? ["welding"]);
  const [isHere, setIsHere] = useState(false);

  const save = useMutation({
    mutationFn: async () => {
      const at = isHere ? await phonePosition() : null;
      const body = bodyOf(fields, roles, at, firm);
      return firm
        ? await api.call(enterpriseRoutes.updateEnterprise, {
            params: { enterpriseId: firm.enterpriseId },
            body,
          })
        : await api.call(enterpriseRoutes.registerEnterprise, { body });
    },
    onSuccess: async ({ enterpriseId }) => {
      // The person is its officer from now on.
      await client.invalidateQueries({ queryKey: ME_KEY });
      await client.invalidateQueries({ queryKey: ["own-firms"] });
      await client.invalidateQueries({ queryKey: ["firm", enterpriseId] });
      navigate(`/firms/${enterpriseId}`, { replace: true });
    },
  });
  // What was said of the last entry does not hold for the next.
  const change = (changed: Partial<typeof fields>) => {
    save.reset();
    setFields({ ...fields, ...changed });
  };
  const wrong: Record<string, string> =
    save.error instanceof ApiError
      ? Object.fromEntries(save.error.fields.map(({ path, message }) => [path.replace("body.", ""), message]))
      : {};
  const text = (name: keyof typeof fields, label: string, wrongName: string, type = "text") => (
    <TextField
      label={label}
      value={fields[name]}
      onChange={(value) => change({ [name]: value })}
      type={type}
      error={wrong[wrongName]}
    />
  );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p className="soft">{t("mobile.enterprises.register.lead")}</p>
      {text("name", t("mobile.enterprises.register.name"), "name")}
      {text("uscc", t("mobile.enterprises.register.uscc"), "uscc")}
      {judgeUscc(normalUscc(fields.uscc)) === "mismatch" ? (
        <p className="notice-warn" role="status">
          {t("common.enterprise.warning.uscc-checksum")}
        </p>
      ) : null}
      <fieldset className="choice-list">
        <legend>{t("mobile.enterprises.register.roles")}</legend>
        {enterpriseRole.options.map((role) => (
          <label key={role} className="tick">
            <input
              type="checkbox"
              checked={roles.includes(role)}
              onChange={({ target }) =>
                setRoles(target.checked ? [...roles, role] : roles.filter((other) => other !== role))
              }
            />
            {t(`common.enterprise.role.${role}`)}
          </label>
        ))}
        {wrong.roles ? (
          <p className="field-error" role="alert">
            {wrong.roles}
          </p>
        ) : null}
      </fieldset>
      <SelectField
        label={t("mobile.enterprises.register.region")}
        value={fields.region}
        onChange={(region) => change({ region })}
        empty={t("mobile.enterprises.register.chooseRegion")}
        options={regions.map(({ value, label }) => ({ value, word: label }))}
        error={wrong.region}
      />
      {text("address", t("mobile.enterprises.register.address"), "address")}
      <label className="tick">
        <input type="checkbox" checked={isHere} onChange={({ target }) => setIsHere(target.checked)} />
        {t("mobile.enterprises.register.place")}
      </label>
      {text("contactName", t("mobile.enterprises.register.contactName"), "contact.name")}
      {text("contactPhone", t("mobile.enterprises.register.contactPhone"), "contact.phone", "tel")}
      {save.isError && Object.keys(wrong).length === 0 ? (
        <p className="field-error" role="alert">
          {failureText(save.error)}
        </p>
      ) : null}
      <Button className="big" block color="primary" type="submit" loading={save.isPending}>
        {t("mobile.enterprises.register.submit")}
      </Button>
    </form>
  );
}

function bodyOf(
  fields: Record<"name" | "uscc" | "region" | "address" | "contactName" | "contactPhone", string>,
  roles: EnterpriseBody["roles"],
  at: { latitudeDegrees: number; longitudeDegrees: number } | null,
  firm: EnterpriseDetail | undefined,
): EnterpriseBody {
  const contact = { name: fields.contactName.trim(), phone: fields.contactPhone.trim() };
  return {
    name: fields.name,
    uscc: fields.uscc.trim() === "" ? null : fields.uscc,
    roles,
    type: firm?.type ?? null,
    domain: firm?.domain ?? null,
    industry: firm?.industry ?? null,
    staffCount: firm?.staffCount ?? null,
    region: fields.region,
    place: at
      ? { latitudeDegrees: at.latitudeDegrees, longitudeDegrees: at.longitudeDegrees }
      : (firm?.place ?? null),
    address: fields.address.trim() === "" ? null : fields.address,
    ...(contact.name || contact.phone ? { contact } : {}),
  };
}
