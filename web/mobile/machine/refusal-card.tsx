import type { StartAnswer } from "@hanyouxu/api";
import { Button } from "antd-mobile";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ReasonList } from "../../ui/reason-list.tsx";

interface Props {
  answer: Extract<StartAnswer, { outcome: "refuse" | "require" }>;
  onAgain: () => void;
  isBusy: boolean;
}

/** Every reason at once: the person mends all of them in one walk. */
export function RefusalCard({ answer, onAgain, isBusy }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="card refusal stack" data-testid="refusal" data-outcome={answer.outcome}>
      <h2 ref={heading} tabIndex={-1} className="refusal-title">
        {answer.outcome === "refuse" ? t("mobile.machine.refused") : t("mobile.machine.required")}
      </h2>
      <ReasonList reasons={answer.reasons} />
      <p className="soft small decision-id">
        {t("mobile.machine.decision")} {answer.decisionId}
      </p>
      <Button className="big" block color="primary" loading={isBusy} onClick={onAgain}>
        {t("mobile.machine.again")}
      </Button>
      <Button className="big" block onClick={() => navigate("/")}>
        {t("mobile.machine.other")}
      </Button>
    </section>
  );
}
