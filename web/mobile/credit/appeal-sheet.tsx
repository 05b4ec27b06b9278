import { type Appeal, appealRoutes } from "@hanyouxu/api";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { ReasonSheet } from "../reason-sheet.tsx";

interface Props extends Pick<Appeal, "subject" | "subjectId"> {
  onDone: () => void;
  onClose: () => void;
}

/** Asks why it is wrong, and sends the appeal. */
export function AppealSheet({ subject, subjectId, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const make = useMutation({
    mutationFn: (reason: string) =>
      api.call(appealRoutes.makeAppeal, { body: { subject, subjectId, reason } }),
    onSuccess: onDone,
  });
  return (
    <ReasonSheet
      title={t("mobile.rectification.appealTitle")}
      label={t("mobile.rectification.appealReason")}
      action={t("mobile.rectification.appealSend")}
      error={make.error}
      isBusy={make.isPending}
      onSend={(reason) => make.mutate(reason)}
      onClose={onClose}
    />
  );
}
