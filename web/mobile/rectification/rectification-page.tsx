import "./rectification.css";
import { type RectificationDetail, rectificationRoutes } from "@hanyouxu/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, failureText } from "../../ui/api.ts";
import { dateTime } from "../../ui/format.ts";
import { useHistoryWord } from "../../ui/use-history-word.ts";
import { useMe } from "../../ui/use-me.ts";
import { AppealSheet } from "../credit/appeal-sheet.tsx";
import { LoadFailure } from "../load-failure.tsx";
import { Page } from "../page.tsx";
import { ExtensionForm } from "./extension-form.tsx";
import { ItemAnswers } from "./item-answers.tsx";
import { StatusTag } from "./status-tag.tsx";

const FOLLOW_MS = 10_000;

/** One order as the firm sees it: what to put right, its answers, and what it may still do. */
export function RectificationPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMe().data;
  const params = { rectificationId: useParams().rectificationId ?? "" };
  const key = ["rectification", params.rectificationId];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.call(rectificationRoutes.getRectification, { params, signal }),
    refetchInterval: FOLLOW_MS,
  });
  const order = query.data;
  const keep = (changed: RectificationDetail) => client.setQueryData(key, changed);
  return (
    <Page title={order?.number ?? t("mobile.rectification.one")} backTo="/rectifications">
      {query.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {query.isError && !order ? <LoadFailure query={query} /> : null}
      {order && me ? (
        <>
          <Head order={order} />
          <ItemAnswers personId={me.personId} order={order} onChanged={keep} />
          {order.mayDo.includes("submit") ? <SubmitButton order={order} onChanged={keep} /> : null}
          {order.extension ? (
            <p className="card" role="status">
              {t("mobile.rectification.asked", { until: dateTime(order.extension.until) })}
            </p>
          ) : null}
          {order.mayDo.includes("ask-extension") ? <ExtensionForm order={order} onChanged={keep} /> : null}
          {order.mayDo.includes("appeal") ? (
            <Appeal order={order} onDone={() => void query.refetch()} />
          ) : null}
          <History order={order} />
        </>
      ) : null}
    </Page>
  );
}

function Head({ order }: { order: RectificationDetail }) {
  const { t } = useTranslation();
  return (
    <section className="card stack">
      <p className="row">
        <strong>{order.title}</strong>
        <StatusTag order={order} />
      </p>
      <p>
        {order.enterpriseName} · {t(`common.alarms.severity.${order.severity}`)} ·{" "}
        {t("common.rectification.round", { round: order.round })}
      </p>
      <p>
        {t("common.rectification.due")}: {dateTime(order.dueAt)}
      </p>
      <p className="soft">
        {t("common.rectification.answerable")}:{" "}
        {order.answerableName ?? t("common.rectification.everyOfficer")}
      </p>
      {order.machines.length > 0 ? (
        <p className="soft">
          {t("common.rectification.machines")}:{" "}
          {order.machines
            .map(({ name, isLocked }) => (isLocked ? `${name} (${t("common.rectification.locked")})` : name))
            .join(", ")}
        </p>
      ) : null}
      <a href={`/api/rectifications/${order.rectificationId}/notice.pdf`} download>
        {t("common.rectification.print")}
      </a>
    </section>
  );
}

interface Changing {
  order: RectificationDetail;
  onChanged: (order: RectificationDetail) => void;
}

function SubmitButton({ order, onChanged }: Changing) {
  const { t } = useTranslation();
  const submit = useMutation({
    mutationFn: () =>
      api.call(rectificationRoutes.submitRectification, {
        params: { rectificationId: order.rectificationId },
      }),
    onSuccess: onChanged,
  });
  const isWhole = order.items.every(({ state }) => state !== "open");
  return (
    <>
      {submit.isError ? (
        <p className="field-error" role="alert">
          {failureText(submit.error)}
        </p>
      ) : null}
      {isWhole ? null : <p className="soft">{t("mobile.rectification.submitLead")}</p>}
      <Button
        className="big"
        block
        color="primary"
        disabled={!isWhole}
        loading={submit.isPending}
        onClick={() => submit.mutate()}
      >
        {t("mobile.rectification.submit")}
      </Button>
    </>
  );
}

function Appeal({ order, onDone }: { order: RectificationDetail; onDone: () => void }) {
  const { t } = useTranslation();
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <Button className="big" block onClick={() => setIsAsked(true)}>
        {t("common.rectification.appeal")}
      </Button>
      {isAsked ? (
        <AppealSheet
          subject="rectification"
          subjectId={order.rectificationId}
          onDone={() => {
            setIsAsked(false);
            onDone();
          }}
          onClose={() => setIsAsked(false)}
        />
      ) : null}
    </>
  );
}

function History({ order }: { order: RectificationDetail }) {
  const { t } = useTranslation();
  const word = useHistoryWord();
  return (
    <section className="card stack" aria-labelledby="history-title">
      <h2 id="history-title">{t("common.rectification.history")}</h2>
      <ol className="stack">
        {order.history.map((step) => (
          <li key={step.seq} data-what={step.what}>
            <strong>{word(step)}</strong> <span className="soft">{dateTime(step.at)}</span>
            {step.text ? <p className="rectification-said">{step.text}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
