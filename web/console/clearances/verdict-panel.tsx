import {
  ApiError,
  type SceneFinding,
  type SceneHazard,
  type SceneReview,
  type SceneVerdict,
  sceneCheckRoutes,
  sceneHazard,
} from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Radio } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { FindingList } from "../../ui/finding-list.tsx";
import { fieldFailure } from "../ui/field-failure.ts";
import { useKeys } from "../ui/use-keys.ts";
import { FindingEdit } from "./finding-edit.tsx";

interface Props {
  review: SceneReview;
  findings: readonly SceneFinding[];
  onFindings: (findings: readonly SceneFinding[]) => void;
  /** What the next box or line says. */
  hazard: SceneHazard;
  onHazard: (hazard: SceneHazard) => void;
  onAdd: () => void;
  onDecided: () => void;
  onStale: () => void;
  onMove: (step: 1 | -1) => void;
}

const LONGEST_REASON = 300;
const VERDICTS = ["pass", "fail", "refer"] as const;

/** What is wrong, in one vocabulary, and the three verdicts; all of it by keyboard too. */
export function VerdictPanel(props: Props) {
  const { review, findings, onFindings, hazard, onHazard, onAdd, onDecided, onStale, onMove } = props;
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const [reason, setReason] = useState("");
  const judge = useMutation({
    mutationFn: (verdict: SceneVerdict) =>
      api.call(sceneCheckRoutes.judgeScene, {
        params: { sceneCheckId: review.sceneCheckId },
        body: { verdict, findings: verdict === "pass" ? [] : [...findings], reason },
      }),
    onSuccess: ({ status }) => {
      void message.success(t(`common.clearances.checkStatus.${status}`));
      onDecided();
    },
  });
  const isWaiting = review.status === "waiting";
  const photos = review.evidence.filter(({ kind }) => kind === "photo");
  const isStale = judge.error instanceof ApiError && judge.error.status === 409;
  const fields = fieldFailures(judge.error);
  const act = (verdict: SceneVerdict) =>
    isWaiting && !judge.isPending ? () => judge.mutate(verdict) : undefined;
  const pickers = sceneHazard.options.map((one, index) => [hazardKey(index), () => onHazard(one)] as const);
  useKeys({
    arrowdown: () => onMove(1),
    arrowup: () => onMove(-1),
    p: act("pass"),
    f: act("fail"),
    r: act("refer"),
    ...(isWaiting ? { n: onAdd, ...Object.fromEntries(pickers) } : {}),
  });
  const change = (at: number, part: Partial<SceneFinding>) =>
    onFindings(findings.map((finding, index) => (index === at ? { ...finding, ...part } : finding)));
  return (
    <section className="panel verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title" className="panel-title">
        {t("console.clearances.review.verdict")}
      </h2>
      {isWaiting ? (
        <>
          <p className="soft small">{t("console.clearances.review.drawLead")}</p>
          <Radio.Group
            className="verdict-hazards"
            aria-label={t("console.clearances.review.hazard")}
            value={hazard}
            onChange={(event) => onHazard(event.target.value as SceneHazard)}
            options={sceneHazard.options.map((value, index) => ({
              value,
              label: `${hazardKey(index)} ${t(`common.clearances.hazard.${value}`)}`,
            }))}
          />
          <Button onClick={onAdd}>{t("console.clearances.review.addPlain")}</Button>
        </>
      ) : null}
      <FindingList
        findings={findings}
        after={
          isWaiting
            ? (index) => (
                <FindingEdit
                  number={index + 1}
                  finding={findings[index]!}
                  photos={photos}
                  onChange={(part) => change(index, part)}
                  onRemove={() => onFindings(findings.filter((_, at) => at !== index))}
                />
              )
            : () => null
        }
      />
      {isWaiting ? (
        <>
          <Form component={false} layout="vertical">
            <Form.Item
              label={t("console.clearances.review.reason")}
              htmlFor={id}
              {...fieldFailure(fields.reason)}
            >
              <Input.TextArea
                id={id}
                rows={3}
                maxLength={LONGEST_REASON}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </Form.Item>
          </Form>
          <div className="verdict-actions">
            {VERDICTS.map((verdict) => (
              <Button
                key={verdict}
                type={verdict === "pass" ? "primary" : "default"}
                danger={verdict === "fail"}
                loading={judge.isPending && judge.variables === verdict}
                disabled={judge.isPending}
                onClick={act(verdict)}
              >
                {t(`console.clearances.review.actions.${verdict}`)}
              </Button>
            ))}
          </div>
        </>
      ) : null}
      {judge.isError && !fields.reason ? (
        <Alert
          type="error"
          showIcon
          title={failureText(judge.error)}
          action={
            isStale ? (
              <Button size="small" onClick={onStale}>
                {t("console.clearances.review.again")}
              </Button>
            ) : null
          }
        />
      ) : null}
    </section>
  );
}

/** 1 … 9, 0, and a dash for what is left. */
function hazardKey(index: number): string {
  return "1234567890-"[index] ?? "";
}
