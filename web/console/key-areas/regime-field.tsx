import { hotWorkRegimeOf, type KeyArea, lawPackRoutes, workRegimes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../ui/api.ts";
import { useWord } from "../law/use-word.ts";
import { fieldFailure } from "../ui/field-failure.ts";

/** Under which rules work in the area falls, and what that brings: the packs in force today that speak of the regime. */
export function RegimeField({ wrong }: { wrong: Readonly<Record<string, string>> }) {
  const { t } = useTranslation();
  const word = useWord();
  const regime = Form.useWatch<KeyArea["regime"] | undefined>("regime");
  const law = useQuery({
    queryKey: ["law-rules", undefined],
    queryFn: ({ signal }) => api.call(lawPackRoutes.listLawRules, { query: {}, signal }),
  }).data;
  const spoken = regime && hotWorkRegimeOf(regime);
  const rules = (law?.rules ?? []).filter(({ regimes }) => spoken && regimes?.includes(spoken));
  const titles = (law?.packs ?? [])
    .filter(({ id }) => rules.some(({ pack }) => pack === id))
    .map(({ title }) => word(title));
  return (
    <Form.Item
      name="regime"
      label={t("console.keyAreas.regime")}
      extra={
        titles.length > 0 ? (
          <span data-testid="regime-brings">
            {t("console.keyAreas.regimeBrings", {
              packs: titles.join(t("console.keyAreas.listComma")),
              rules: rules.length,
            })}{" "}
            <Link to={`/law/rules?regime=${spoken}`}>{t("console.keyAreas.regimeRules")}</Link>
          </span>
        ) : null
      }
      {...fieldFailure(wrong.regime)}
    >
      <Select
        virtual={false}
        options={workRegimes.map((value) => ({ value, label: t(`console.law.regime.${value}`) }))}
      />
    </Form.Item>
  );
}
