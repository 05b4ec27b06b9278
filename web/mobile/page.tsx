import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { BackIcon } from "./icons.tsx";

interface Props {
  title: string;
  /** Where the arrow leads; no arrow on the pages of the tab bar. */
  backTo?: string;
  children: ReactNode;
}

export function Page({ title, backTo, children }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <main className="page">
      <header className="page-head">
        {backTo ? (
          <button
            type="button"
            className="page-back"
            aria-label={t("common.back")}
            onClick={() => navigate(backTo)}
          >
            <BackIcon />
          </button>
        ) : null}
        <h1 className="page-title">{title}</h1>
      </header>
      {children}
    </main>
  );
}
