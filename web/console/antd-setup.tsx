import { App, ConfigProvider } from "antd";
import enUs from "antd/locale/en_US";
import zhCn from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { styleNonce } from "./style-nonce.ts";
import { consoleTheme } from "./theme.ts";

export function AntdSetup({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const isEnglish = i18n.language === "en";
  dayjs.locale(isEnglish ? "en" : "zh-cn");
  return (
    <ConfigProvider
      theme={consoleTheme}
      locale={isEnglish ? enUs : zhCn}
      csp={{ nonce: styleNonce }}
      button={{ autoInsertSpace: false }}
    >
      <App className="console-root">{children}</App>
    </ConfigProvider>
  );
}
