import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useMe } from "../../ui/use-me.ts";
import { SceneCapture } from "../capture/scene-capture.tsx";
import { Page } from "../page.tsx";

/** Pictures of the place for one's work session: what was there before, during and after the work. */
export function WorkPicturesPage() {
  const { t } = useTranslation();
  const workSessionId = useParams().workSessionId ?? "";
  const me = useMe().data;
  return (
    <Page title={t("mobile.capture.workTitle")} backTo={`/work/${workSessionId}`}>
      <p>{t("mobile.capture.workLead")}</p>
      {me ? (
        <SceneCapture
          personId={me.personId}
          purpose="work"
          subjectId={workSessionId}
          kinds={["photo", "video"]}
          wantsCircle
        />
      ) : null}
    </Page>
  );
}
