import { type AdaptationProfile, modelPicturePath } from "@hanyouxu/api";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../ui/format.ts";
import { ProfileVersions } from "./profile-versions.tsx";
import { useWords } from "./use-words.ts";

/** How a chip is fitted: where the relay sits, what it switches, and what the installer does step by step. */
export function ProfilePanel({ profile }: { profile: AdaptationProfile }) {
  const { t } = useTranslation();
  const words = useWords();
  const { content, proof } = profile;
  return (
    <section className="panel profile" aria-labelledby="profile-title" data-testid="profile">
      <h2 id="profile-title" className="panel-title">
        {words(content.title)}
      </h2>
      <p className={proof.kind === "desk" ? "proof is-warn" : "proof is-good"}>
        {proof.kind === "desk"
          ? t("console.machineModels.deskMade")
          : t("console.machineModels.proven", { on: proof.on, by: proof.by, model: proof.onModel })}
      </p>
      <dl className="facts">
        <dt>{t("console.machineModels.relayPosition")}</dt>
        <dd>{t(`console.machineModels.relay.${content.relayPosition}`)}</dd>
        <dt>{t("console.machineModels.relayType")}</dt>
        <dd>{words(content.relayType)}</dd>
        <dt>{t("console.machineModels.mostSwitched")}</dt>
        <dd>{content.mostSwitchedAmps} A</dd>
        <dt>{t("console.machineModels.supply")}</dt>
        <dd>
          {content.supplyPhases === 0
            ? t("console.machineModels.engine")
            : `${t("console.machineModels.phases", { phases: content.supplyPhases })} · ${content.supplyVolts.join(" / ")} V`}
        </dd>
        <dt>{t("console.machineModels.plugTitle")}</dt>
        <dd>{t(`console.machineModels.plug.${content.plug}`)}</dd>
        <dt>{t("console.machineModels.patterns")}</dt>
        <dd className="code">
          {content.patterns.join("  ")}
          {content.mostRatedAmps === null ? null : `  ≤ ${content.mostRatedAmps} A`}
        </dd>
      </dl>
      <h3 className="profile-subtitle">{t("console.machineModels.steps")}</h3>
      <ol className="profile-steps">
        {content.steps.map((step) => (
          <li key={step.text.zh}>
            {words(step.text)}
            {step.pictureKey ? (
              <a href={modelPicturePath(step.pictureKey)} target="_blank" rel="noreferrer">
                <img
                  className="step-picture"
                  src={modelPicturePath(step.pictureKey)}
                  alt={t("console.machineModels.pictureOf", { text: words(step.text) })}
                />
              </a>
            ) : null}
          </li>
        ))}
      </ol>
      <p className="soft small">
        {t("console.machineModels.version", {
          version: profile.version,
          at: dateTime(profile.changedAt),
          by: profile.changedBy ?? t("console.machineModels.platform"),
        })}
      </p>
      {profile.version > 1 ? <ProfileVersions profileKey={profile.profileKey} /> : null}
    </section>
  );
}
