import "./key-areas.css";
import {
  ApiError,
  type DrawnShape,
  defaultKeyAreaPolicy,
  type KeyAreaDetail,
  type KeyAreaKind,
  keyAreaKind,
  keyAreaRoutes,
  regimeOfKind,
} from "@hanyouxu/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, InputNumber, Select } from "antd";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { MarkedPlace } from "../../map/mark-layer.tsx";
import { api, failureText } from "../../ui/api.ts";
import { useEnterpriseRegions } from "../../ui/use-enterprise-regions.ts";
import { FirmSelect } from "../enterprises/firm-select.tsx";
import { fieldFailure } from "../ui/field-failure.ts";
import { type AreaFields, bodyOf, fieldsOf } from "./area-fields.ts";
import { ContactsFields } from "./contacts-fields.tsx";
import { DrawField } from "./draw-field.tsx";
import { PolicyFields } from "./policy-fields.tsx";
import { RegimeField } from "./regime-field.tsx";
import { TimesFields } from "./times-fields.tsx";
import { useShownAreas } from "./use-shown-areas.ts";

const FIRST_KIND = "hospital";

const usualFor = (kind: KeyAreaKind) => ({ regime: regimeOfKind(kind), policy: defaultKeyAreaPolicy(kind) });

/** Draws a key area, or changes one; what the platform refuses stands beside its field or on the map. */
export function KeyAreaForm({ area }: { area?: KeyAreaDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<AreaFields>();
  const regions = useEnterpriseRegions().data ?? [];
  const shown = useShownAreas();
  const others = useMemo(() => shown.filter(({ id }) => id !== area?.keyAreaId), [shown, area]);
  const [shape, setShape] = useState<DrawnShape | undefined>(
    area &&
      (area.circle ? { type: "circle", circle: area.circle } : { type: "polygon", geometry: area.geometry }),
  );
  const [isUndrawn, setIsUndrawn] = useState(false);

  const save = useMutation({
    mutationFn: (input: { fields: AreaFields; drawn: DrawnShape }) => {
      const body = bodyOf(input.fields, input.drawn);
      return area
        ? api.call(keyAreaRoutes.changeKeyArea, {
            params: { keyAreaId: area.keyAreaId },
            body: { ...body, basedOnVersion: area.version },
          })
        : api.call(keyAreaRoutes.createKeyArea, { body });
    },
    onSuccess: ({ keyAreaId }) => {
      void message.success(t("console.keyAreas.saved"));
      void client.invalidateQueries({ queryKey: ["key-areas"] });
      void client.invalidateQueries({ queryKey: ["key-area", keyAreaId] });
      navigate(`/key-areas/${keyAreaId}`);
    },
  });
  const refusal = save.error instanceof ApiError ? save.error : undefined;
  const wrong = Object.fromEntries(
    (refusal?.fields ?? []).map(({ path, message: text }) => [path.replace("body.", ""), text]),
  );
  const place = (refusal?.details?.place ?? null) as MarkedPlace | null;
  const overlapped = refusal?.code === "key_area.overlaps" ? String(refusal.details?.name) : undefined;
  const item = (name: keyof AreaFields, label: string, field: ReactNode) => (
    <Form.Item name={name} label={label} {...fieldFailure(wrong[name])}>
      {field}
    </Form.Item>
  );
  return (
    <Form
      form={form}
      name="key-area"
      layout="vertical"
      requiredMark={false}
      initialValues={area ? fieldsOf(area) : { kind: FIRST_KIND, ...usualFor(FIRST_KIND), floors: "" }}
      onValuesChange={({ kind }: Partial<AreaFields>) => {
        if (kind && !area) form.setFieldsValue(usualFor(kind));
      }}
      onFinish={() => {
        setIsUndrawn(shape === undefined);
        if (shape) save.mutate({ fields: form.getFieldsValue(true), drawn: shape });
      }}
    >
      <div className="area-columns">
        <div className="panel">
          <DrawField
            {...(area ? { area } : {})}
            others={others}
            wrong={place}
            onChange={(drawn) => {
              setShape(drawn);
              setIsUndrawn(false);
            }}
          />
          {isUndrawn ? <Alert type="error" showIcon title={t("console.keyAreas.draw.missing")} /> : null}
          {save.isError ? (
            <Alert
              type="error"
              showIcon
              title={overlapped ? `${failureText(save.error)}（${overlapped}）` : failureText(save.error)}
            />
          ) : null}
        </div>
        <div className="panel">
          {item("name", t("console.keyAreas.name"), <Input maxLength={100} />)}
          {item(
            "kind",
            t("console.keyAreas.kind"),
            <Select
              virtual={false}
              options={keyAreaKind.options.map((value) => ({
                value,
                label: t(`common.keyArea.kind.${value}`),
              }))}
            />,
          )}
          <RegimeField wrong={wrong} />
          {item(
            "region",
            t("console.machine.region"),
            <Select showSearch={{ optionFilterProp: "label" }} options={regions} />,
          )}
          {item(
            "siteOwnerEnterpriseId",
            t("console.keyAreas.siteOwner"),
            <FirmSelect label={t("console.keyAreas.siteOwner")} kind="site-owner" />,
          )}
          {item("address", t("console.enterprises.address"), <Input maxLength={200} />)}
          <Form.Item
            name="floors"
            label={t("console.keyAreas.floors")}
            extra={t("console.keyAreas.floorsHint")}
            {...fieldFailure(Object.entries(wrong).find(([path]) => path.startsWith("floors"))?.[1])}
          >
            <Input maxLength={300} />
          </Form.Item>
          <div className="area-row">
            {item("minHeightMetres", t("console.keyAreas.minHeight"), <InputNumber />)}
            {item("maxHeightMetres", t("console.keyAreas.maxHeight"), <InputNumber />)}
          </div>
          <PolicyFields wrong={wrong} />
          <TimesFields wrong={wrong} />
          <ContactsFields kept={area?.contacts ?? []} wrong={wrong} />
          {item("reason", t("console.command.reason"), <Input maxLength={200} />)}
          <div className="panel-actions">
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t("console.keyAreas.form.save")}
            </Button>
            <Button onClick={() => navigate(-1)}>{t("common.cancel")}</Button>
          </div>
        </div>
      </div>
    </Form>
  );
}
