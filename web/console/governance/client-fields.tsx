import {
  type DepartmentRights,
  type OgcCollectionId,
  ogcCollectionGroups,
  ogcCollectionId,
  type SharedFieldName,
  type SharedResource,
  seesAtLeast,
  sharedFieldNeeds,
  sharedFields,
  sharedResource,
} from "@hanyouxu/api";
import { Checkbox, Form } from "antd";
import { useTranslation } from "react-i18next";

export type WantedFields = Partial<Record<SharedResource, SharedFieldName[]>>;

/** Which layers a program may read as maps: of what its department may see. */
export function ClientLayers({ rights }: { rights: DepartmentRights | undefined }) {
  const { t } = useTranslation();
  return (
    <Form.Item name="layers" label={<span id="client-layers">{t("console.sharing.client.layers")}</span>}>
      <Checkbox.Group
        className="client-fields"
        role="group"
        aria-labelledby="client-layers"
        options={ogcCollectionId.options.map((value: OgcCollectionId) => ({
          value,
          label: t(`console.sharing.layer.${value}`),
          disabled: !rights || !seesAtLeast(rights[ogcCollectionGroups[value]], "rows"),
        }))}
      />
    </Form.Item>
  );
}

/** What of each resource a program may read: of what its department may see, ticked one by one. */
export function ClientFields({ rights }: { rights: DepartmentRights | undefined }) {
  const { t } = useTranslation();
  return sharedResource.options.map((resource) => {
    const fields: readonly SharedFieldName[] = sharedFields[resource];
    return (
      <Form.Item
        key={resource}
        name={["fields", resource]}
        label={<span id={`fields-${resource}`}>{t(`console.sharing.resource.${resource}`)}</span>}
      >
        <Checkbox.Group
          className="client-fields"
          role="group"
          aria-labelledby={`fields-${resource}`}
          options={fields.map((value) => {
            const { group, level } = sharedFieldNeeds(resource, value);
            return {
              value,
              label: t(`console.sharing.field.${value}`),
              disabled: !rights || !seesAtLeast(rights[group], level),
            };
          })}
        />
      </Form.Item>
    );
  });
}
