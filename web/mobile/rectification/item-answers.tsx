import { evidencePreviewPath, type RectificationDetail, rectificationRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd-mobile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, failureText, fieldFailures } from "../../ui/api.ts";
import { TextField } from "../../ui/text-field.tsx";
import { useWord } from "../../ui/use-word.ts";
import { SceneCapture } from "../capture/scene-capture.tsx";
import { usePictureQueue } from "../capture/use-picture-queue.ts";

interface Props {
  personId: string;
  order: RectificationDetail;
  onChanged: (order: RectificationDetail) => void;
}

const LONGEST_ANSWER = 500;

/** Each item with its clause and its answer; as long as the firm has the order, pictures and a field for what was done. */
export function ItemAnswers({ personId, order, onChanged }: Props) {
  const { t } = useTranslation();
  const { pictures } = usePictureQueue(personId, order.rectificationId);
  const mayAnswer = order.mayDo.includes("answer");
  const used = new Set(order.history.flatMap(({ evidenceIds }) => evidenceIds));
  const fresh = pictures
    .filter(({ state, evidenceId }) => state === "accepted" && !used.has(evidenceId))
    .map(({ evidenceId }) => evidenceId);
  return (
    <>
      {mayAnswer ? (
        <section className="card stack" aria-labelledby="pictures-title">
          <h2 id="pictures-title">{t("mobile.rectification.answer")}</h2>
          <p className="soft">{t("mobile.rectification.answerLead")}</p>
          <SceneCapture
            personId={personId}
            purpose="rectification"
            subjectId={order.rectificationId}
            kinds={["photo"]}
          />
        </section>
      ) : null}
      {order.items.map((item) => (
        <Item
          key={`${order.round}-${item.itemNo}`}
          order={order}
          item={item}
          fresh={fresh}
          mayAnswer={mayAnswer && item.state !== "passed"}
          onChanged={onChanged}
        />
      ))}
    </>
  );
}

interface ItemProps extends Omit<Props, "personId"> {
  item: RectificationDetail["items"][number];
  fresh: readonly string[];
  mayAnswer: boolean;
}

function Item({ order, item, fresh, mayAnswer, onChanged }: ItemProps) {
  const { t } = useTranslation();
  const word = useWord();
  const { itemNo, clause } = item;
  return (
    <section className="card stack" aria-labelledby={`item-${itemNo}`} data-item={item.state}>
      <h2 id={`item-${itemNo}`}>
        {t("mobile.rectification.item", { itemNo })} · {t(`common.rectification.itemState.${item.state}`)}
      </h2>
      <p>{item.what}</p>
      <p className="soft">
        {clause ? `${word(clause.source)} ${clause.article ?? ""}` : t("common.rectification.noClause")}
        {clause && !clause.verified ? ` (${t("common.rectification.unverified")})` : null}
      </p>
      {item.answer ? <p className="rectification-said">{item.answer}</p> : null}
      {item.evidenceIds.map((evidenceId, index) => (
        <img
          key={evidenceId}
          className="rectification-picture"
          src={evidencePreviewPath(evidenceId)}
          alt={`${t("mobile.rectification.item", { itemNo })} ${index + 1}`}
        />
      ))}
      {mayAnswer ? <AnswerField order={order} item={item} fresh={fresh} onChanged={onChanged} /> : null}
    </section>
  );
}

function AnswerField({ order, item, fresh, onChanged }: Omit<ItemProps, "mayAnswer">) {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState(item.state === "answered" ? (item.answer ?? "") : "");
  const { itemNo } = item;
  // Said again, the pictures of before stay with it.
  const kept = item.state === "answered" ? item.evidenceIds : [];
  const evidenceIds = [...kept, ...fresh];
  const send = useMutation({
    mutationFn: () =>
      api.call(rectificationRoutes.answerRectificationItem, {
        params: { rectificationId: order.rectificationId, itemNo: String(itemNo) },
        body: { answer, evidenceIds },
      }),
    onSuccess: onChanged,
  });
  const wrong = fieldFailures(send.error).answer ?? (send.isError ? failureText(send.error) : undefined);
  return (
    <>
      <TextField
        label={`${t("mobile.rectification.answer")} ${itemNo}`}
        value={answer}
        maxLength={LONGEST_ANSWER}
        onChange={setAnswer}
        error={wrong}
      />
      <Button className="big" block loading={send.isPending} onClick={() => send.mutate()}>
        {t("mobile.rectification.send", { itemNo, count: evidenceIds.length })}
      </Button>
    </>
  );
}
