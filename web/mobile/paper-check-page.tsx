import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { failureText } from "../ui/api.ts";
import { Page } from "./page.tsx";

interface Props<Answer> {
  title: string;
  /** Names the kind of paper. */
  paper: string;
  ask: (verificationCode: string, signal: AbortSignal) => Promise<Answer>;
  children: (answer: Answer) => ReactNode;
}

/** For anybody who scans the code on a printed paper: what the platform says of it, or that it knows none. */
export function PaperCheckPage<Answer>({ title, paper, ask, children }: Props<Answer>) {
  const { t } = useTranslation();
  const verificationCode = useParams().code ?? "";
  const check = useQuery({
    queryKey: ["paper-check", paper, verificationCode],
    queryFn: ({ signal }) => ask(verificationCode, signal),
  });
  return (
    <Page title={title}>
      {check.isPending ? <p role="status">{t("common.loading")}</p> : null}
      {check.isError ? (
        <p className="card" role="alert">
          {failureText(check.error)}
        </p>
      ) : null}
      {check.data === undefined ? null : children(check.data)}
    </Page>
  );
}
