import { useTranslation } from "react-i18next";
import { Page } from "../page.tsx";
import { Consents } from "./consents.tsx";
import { OwnData } from "./own-data.tsx";
import { OwnErasure } from "./own-erasure.tsx";

/** What a person agreed to, what is held about him, and how to have it erased. */
export function PrivacyPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("mobile.sharing.title")} backTo="/me">
      <Consents />
      <OwnData />
      <OwnErasure />
    </Page>
  );
}
