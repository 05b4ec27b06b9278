import { rectificationRoutes } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { useWord } from "../../ui/use-word.ts";
import { fieldFailure } from "../ui/field-failure.ts";

const LONGEST_TEXT = 500;

/** What is wrong, item by item, each with the clause that it rests on where there is one. */
export function ItemFields({ failure }: { failure: string | undefined }) {
  const { t } = useTranslation();
  const word = useWord();
  const clauses = useQuery({
    queryKey: ["rectification-clauses"],
    queryFn: ({ signal }) => api.call(rectificationRoutes.listRectificationClauses, { signal }),
  });
  const options = (clauses.data?.clauses ?? []).map(({ source, article, verified }) => ({
    value: JSON.stringify({ source: source.zh, article }),
    label: [word(source), article, verified ? "" : `(${t("common.rectification.unverified")})`]
      .filter(Boolean)
      .join(" "),
  }));
  return (
    <section className="panel" aria-labelledby="new-items-title">
      <h2 id="new-items-title" className="panel-title">
        {t("common.rectification.items")}
      </h2>
      <Form.List name="items">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="rectification-form-item">
                <Form.Item
                  name={[name, "what"]}
                  label={t("console.rectification.item", { number: name + 1 })}
                  {...fieldFailure(failure)}
                >
                  <Input.TextArea rows={2} maxLength={LONGEST_TEXT} />
                </Form.Item>
                <div className="enterprise-form">
                  <Form.Item
                    name={[name, "known"]}
                    label={t("console.rectification.clause")}
                    extra={t("console.rectification.clauseHint")}
                  >
                    <Select allowClear showSearch={{ optionFilterProp: "label" }} options={options} />
                  </Form.Item>
                  <Form.Item name={[name, "source"]} label={t("console.rectification.ownClause")}>
                    <Input maxLength={100} />
                  </Form.Item>
                  <Form.Item name={[name, "article"]} label={t("console.rectification.ownArticle")}>
                    <Input maxLength={40} />
                  </Form.Item>
                </div>
                {fields.length > 1 ? (
                  <Button size="small" onClick={() => remove(name)}>
                    {t("console.rectification.removeItem", { number: name + 1 })}
                  </Button>
                ) : null}
              </div>
            ))}
            <Button onClick={() => add({})}>{t("console.rectification.addItem")}</Button>
          </>
        )}
      </Form.List>
    </section>
  );
}
