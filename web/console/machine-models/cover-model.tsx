import { type AdaptationProfile, machineModelRoutes } from "@hanyouxu/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../ui/api.ts";
import { ReasonDialog } from "../ui/reason-dialog.tsx";
import { useWords } from "./use-words.ts";

/** A gap, and the way to close it: a profile that fits is told to cover this model too. */
export function CoverModel({ designation, mayEdit }: { designation: string; mayEdit: boolean }) {
  const { t } = useTranslation();
  const words = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const profiles = useQuery({
    queryKey: ["profiles"],
    queryFn: ({ signal }) => api.call(machineModelRoutes.listProfiles, { signal }),
    enabled: mayEdit,
  });
  const all = profiles.data?.profiles ?? [];
  async function cover({ profileKey, reason }: { profileKey?: string; reason: string }) {
    const profile = all.find((one) => one.profileKey === profileKey) as AdaptationProfile;
    const { version, content, proof } = profile;
    return await api.call(machineModelRoutes.saveProfile, {
      params: { profileKey: profile.profileKey },
      body: {
        basedOnVersion: version,
        content: { ...content, patterns: [...content.patterns, designation] },
        proof,
        reason,
      },
    });
  }
  return (
    <section className="panel" aria-labelledby="gap-title">
      <h2 id="gap-title" className="panel-title">
        {t("console.machineModels.uncovered")}
      </h2>
      <p>{t("console.machineModels.gapLead")}</p>
      {mayEdit ? (
        <Button className="gap-close" type="primary" onClick={() => setIsOpen(true)}>
          {t("console.machineModels.cover")}
        </Button>
      ) : null}
      <ReasonDialog
        name="cover-model"
        isOpen={isOpen}
        title={t("console.machineModels.cover")}
        lead={t("console.machineModels.coverLead", { designation })}
        fields={() => (
          <Form.Item
            name="profileKey"
            label={t("console.machineModels.profile")}
            rules={[{ required: true, message: t("console.machineModels.chooseProfile") }]}
          >
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={all.map(({ profileKey, content }) => ({
                value: profileKey,
                label: words(content.title),
              }))}
            />
          </Form.Item>
        )}
        send={cover}
        onCancel={() => setIsOpen(false)}
        onDone={() => {
          setIsOpen(false);
          void message.success(t("console.machineModels.saved"));
          for (const key of ["model", "models", "model-coverage", "profiles"])
            void client.invalidateQueries({ queryKey: [key] });
        }}
      />
    </section>
  );
}
