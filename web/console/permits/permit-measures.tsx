import { type HotWorkPermitDetail, measuresOf } from "@hanyouxu/api";
import { Image } from "antd";
import { useTranslation } from "react-i18next";
import { useWord } from "../../ui/use-word.ts";

/** The list of measures with what the welder says of each, and its pictures. */
export function PermitMeasures({ permit }: { permit: HotWorkPermitDetail }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <section className="panel">
      <h2>{t("console.permits.measures")}</h2>
      <ul className="permit-measures">
        {measuresOf(permit.regime).map(({ id, title }) => {
          const state = permit.form.measures[id];
          return (
            <li key={id}>
              <span>{word(title)}</span>
              <strong>{state ? t(`console.permits.measure.${state}`) : "–"}</strong>
              <span className="permit-photos">
                {permit.photos
                  .filter(({ measure }) => measure === id)
                  .map(({ photoId }) => (
                    <Image
                      key={photoId}
                      width={64}
                      height={64}
                      src={`/api/hot-work-permit-photos/${photoId}`}
                      alt={word(title)}
                    />
                  ))}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
