import "../firms/firms.css";
import { enterpriseRoutes, type SiteChoice, type SiteQuestion } from "@hanyouxu/api";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { Choice } from "./choice.tsx";

/** What the welder says about his work before he starts it. */
export interface WorkFor {
  site?: SiteChoice;
  contractorEnterpriseId?: string;
}

interface Props {
  question: SiteQuestion;
  value: WorkFor;
  onChange: (value: WorkFor) => void;
}

const FEWEST_CHARACTERS = 2;

/** One tap: whose place it is, and for which of his firms he works where he has several. */
export function SiteOwnerChoice({ question, value, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const text = typed.trim();
  const found = useQuery({
    queryKey: ["site-owner-names", text],
    queryFn: ({ signal }) =>
      api.call(enterpriseRoutes.findEnterpriseNames, { query: { text, role: "site-owner" }, signal }),
    enabled: text.length >= FEWEST_CHARACTERS,
    placeholderData: (previous) => previous,
  });
  const results = text.length >= FEWEST_CHARACTERS ? (found.data?.enterprises ?? []) : [];
  const isChosen = (site: SiteChoice) => JSON.stringify(value.site) === JSON.stringify(site);
  const row = (site: SiteChoice, words: string, more?: string) => (
    <Choice
      key={site.kind === "named" ? site.enterpriseId : site.kind}
      name="site-owner"
      words={words}
      {...(more ? { more } : {})}
      isChosen={isChosen(site)}
      onChoose={() => onChange({ ...value, site })}
    />
  );
  return (
    <section className="card stack" data-testid="site-question">
      {question.isAsked ? (
        <fieldset className="choice-list">
          <legend>{t("mobile.enterprises.site.title")}</legend>
          <p className="soft">{t(`mobile.enterprises.site.${question.isRequired ? "required" : "lead"}`)}</p>
          {question.nearby.length > 0 ? <p>{t("mobile.enterprises.site.nearby")}</p> : null}
          {question.nearby.map(({ enterpriseId, name, distanceMetres }) =>
            row(
              { kind: "named", enterpriseId },
              name,
              t("mobile.enterprises.site.metres", { metres: distanceMetres }),
            ),
          )}
          {row({ kind: "own" }, t("mobile.enterprises.site.own"))}
          {row({ kind: "unknown" }, t("mobile.enterprises.site.unknown"))}
          <TextField
            label={t("mobile.enterprises.site.search")}
            value={typed}
            onChange={setTyped}
            type="search"
            maxLength={100}
          />
          {results.map(({ enterpriseId, name, address }) =>
            row({ kind: "named", enterpriseId }, name, address ?? undefined),
          )}
          {found.isSuccess && results.length === 0 && text.length >= FEWEST_CHARACTERS ? (
            <p role="status">{t("mobile.enterprises.site.searchNothing")}</p>
          ) : null}
        </fieldset>
      ) : null}
      {question.firms.length > 1 ? (
        <fieldset className="choice-list">
          <legend>{t("mobile.enterprises.site.firm")}</legend>
          {question.firms.map(({ enterpriseId, name }) => (
            <Choice
              key={enterpriseId}
              name="contractor"
              words={name}
              isChosen={value.contractorEnterpriseId === enterpriseId}
              onChoose={() => onChange({ ...value, contractorEnterpriseId: enterpriseId })}
            />
          ))}
        </fieldset>
      ) : null}
    </section>
  );
}
