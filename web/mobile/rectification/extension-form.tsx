import { type RectificationDetail, rectificationRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { dateTimeInput, instantOfInput } from "../../ui/format.ts";
import { TextField } from "../../ui/text-field.tsx";

interface Props {
  order: RectificationDetail;
  onChanged: (order: RectificationDetail) => void;
}

const LONGEST_REASON = 200;

/** Asks for more time, with the reason; folded away, as most firms need none. */
export function ExtensionForm({ order, onChanged }: Props) {
  const { t } = useTranslation();
  const [until, setUntil] = useState(dateTimeInput(order.dueAt));
  const [reason, setReason] = useState("");
  const ask = useMutation({
    mutationFn: () =>
      api.call(rectificationRoutes.askRectificationExtension, {
        params: { rectificationId: order.rectificationId },
        body: { until: instantOfInput(until) ?? "", reason },
      }),
    onSuccess: onChanged,
  });
  const wrong = fieldFailures(ask.error);
  const isElsewhere = ask.isError && Object.keys(wrong).length === 0;
  return (
    <details className="card">
      <summary>{t("mobile.rectification.extension")}</summary>
      <div className="stack">
        <TextField
          label={t("mobile.rectification.until")}
          type="datetime-local"
          value={until}
          onChange={setUntil}
          error={wrong.until}
        />
        <TextField
          label={t("mobile.rectification.reason")}
          value={reason}
          maxLength={LONGEST_REASON}
          onChange={setReason}
          error={wrong.reason ?? (isElsewhere ? failureText(ask.error) : undefined)}
        />
        <Button className="big" block loading={ask.isPending} onClick={() => ask.mutate()}>
          {t("mobile.rectification.askedFor")}
        </Button>
      </div>
    </details>
  );
}
