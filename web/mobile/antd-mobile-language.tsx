import { ConfigProvider } from "antd-mobile";
import enUs from "antd-mobile/es/locales/en-US";
import zhCn from "antd-mobile/es/locales/zh-CN";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** antd-mobile's own words follow the page's language. */
export function AntdMobileLanguage({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  return <ConfigProvider locale={i18n.language === "en" ? enUs : zhCn}>{children}</ConfigProvider>;
}
