import "./law.css";
import { ApiError, type HotWorkFactsInput, lawPackRoutes } from "@hanyouxu/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Select, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { Failure } from "../ui/failure.tsx";
import { fieldFailure } from "../ui/field-failure.ts";
import { useListState } from "../ui/use-list-state.ts";
import { readFact, withFact } from "./fact-paths.ts";
import { FactTable } from "./fact-table.tsx";
import { HotWorkAnswerPanel } from "./hot-work-answer.tsx";
import { HOT_WORK_MOMENTS, HOT_WORK_REGIMES } from "./hot-work-words.ts";
import { LawNav } from "./law-nav.tsx";

/** Facts of some hot work, put to the law of an instant: from a rule's example, or from work that is in order. */
export function HotWorkPage() {
  const { t } = useTranslation();
  const list = useListState();
  const regime = list.oneOf("regime", HOT_WORK_REGIMES) ?? "chemical";
  const moment = list.oneOf("moment", HOT_WORK_MOMENTS) ?? "start";
  const [rule, day, example] = [list.text("rule"), list.text("day"), list.text("example")];
  const first = useQuery({
    queryKey: ["hot-work-example", regime, moment, rule, day, example],
    // What is tried out is the person's own from here on: it is not fetched anew.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      if (!rule) return await api.call(lawPackRoutes.hotWorkExample, { query: { regime, moment }, signal });
      const [pack = "", ruleId = ""] = rule.split("/");
      const query = day ? { day } : {};
      const { examples } = await api.call(lawPackRoutes.getLawRule, {
        params: { pack, ruleId },
        query,
        signal,
      });
      return examples[Number(example ?? 0)] ?? examples[0]!;
    },
  });
  return (
    <main className="console-page">
      <h1 className="page-title">{t("console.lawPacks.nav.hotWork")}</h1>
      <LawNav />
      <p className="soft">{t("console.lawPacks.hotWorkLead")}</p>
      <div className="law-form">
        <Select
          aria-label={t("console.lawPacks.regimeLabel")}
          value={(first.data?.facts.regime as typeof regime | undefined) ?? regime}
          options={HOT_WORK_REGIMES.map((value) => ({
            value,
            label: t(`console.lawPacks.value.regime.${value}`),
          }))}
          onChange={(value) => list.set({ regime: value, moment, rule: undefined, example: undefined })}
        />
        <Select
          aria-label={t("console.lawPacks.momentLabel")}
          value={(first.data?.facts.moment as typeof moment | undefined) ?? moment}
          options={HOT_WORK_MOMENTS.map((value) => ({
            value,
            label: t(`console.lawPacks.value.moment.${value}`),
          }))}
          onChange={(value) => list.set({ moment: value, regime, rule: undefined, example: undefined })}
        />
      </div>
      {first.isPending ? <Spin description={t("common.loading")} /> : null}
      {first.isError ? <Failure error={first.error} onRetry={first.refetch} /> : null}
      {first.data ? (
        <HotWorkTrial
          key={[regime, moment, rule, day, example].join()}
          facts={first.data.facts}
          at={first.data.at}
        />
      ) : null}
    </main>
  );
}

function HotWorkTrial(first: { facts: object; at: string }) {
  const { t } = useTranslation();
  const [facts, setFacts] = useState(first.facts);
  const [at, setAt] = useState(dateTime(first.at));
  const [region, setRegion] = useState("");
  const ask = useMutation({
    mutationFn: () => {
      const atMs = readFact("instant", at);
      return api.call(lawPackRoutes.tryHotWork, {
        body: {
          at: typeof atMs === "number" ? new Date(atMs).toISOString() : at,
          ...(region.trim() ? { region: region.trim() } : {}),
          facts: facts as HotWorkFactsInput,
        },
      });
    },
  });
  const fields = ask.error instanceof ApiError ? ask.error.fields : [];
  const errors = Object.fromEntries(
    fields.map(({ path, message }) => [path.replace(/^body\.(facts\.)?/, ""), message]),
  );
  return (
    <>
      <div className="law-form">
        <Form.Item
          label={t("console.lawPacks.at")}
          htmlFor="hot-work-at"
          layout="vertical"
          {...fieldFailure(errors.at)}
        >
          <Input id="hot-work-at" value={at} maxLength={30} onChange={({ target }) => setAt(target.value)} />
        </Form.Item>
        <Form.Item
          label={t("console.lawPacks.region")}
          htmlFor="hot-work-region"
          layout="vertical"
          {...fieldFailure(errors.region)}
        >
          <Input
            id="hot-work-region"
            value={region}
            maxLength={9}
            onChange={({ target }) => setRegion(target.value)}
          />
        </Form.Item>
        <Button type="primary" loading={ask.isPending} onClick={() => ask.mutate()}>
          {t("console.law.ask")}
        </Button>
      </div>
      {ask.isError ? <Alert type="error" showIcon title={failureText(ask.error)} /> : null}
      <div className="hot-work-columns">
        <FactTable
          facts={facts}
          errors={errors}
          onChange={(path, value) => setFacts((before) => withFact(before, path, value))}
        />
        {ask.data ? <HotWorkAnswerPanel answer={ask.data} /> : null}
      </div>
    </>
  );
}
