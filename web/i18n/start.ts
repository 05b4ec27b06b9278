import type { Language } from "@hanyouxu/api";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { rememberedLanguage, rememberLanguage } from "../ui/language.ts";

type Loaders = Record<Language, () => Promise<object>>;

/** Loads only the chosen language's resources; the page is drawn after. */
export async function startI18n(loaders: Loaders): Promise<void> {
  const language = rememberedLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await loaders[language]() } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  switchLanguage = async (next) => {
    if (!i18next.hasResourceBundle(next, "translation")) {
      i18next.addResourceBundle(next, "translation", await loaders[next]());
    }
    rememberLanguage(next);
    await i18next.changeLanguage(next);
    document.documentElement.lang = next;
  };
  document.documentElement.lang = language;
}

/** Changes the language of the page at once and for the next visit. */
export let switchLanguage: (next: Language) => Promise<void> = async () => {
  throw new Error("startI18n first");
};
