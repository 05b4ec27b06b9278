import "./mobile.css";
import "./screens.css";
import "../ui/reason-list.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { startI18n } from "../i18n/start.ts";
import { createQueryClient } from "../ui/query-client.ts";
import { AntdMobileLanguage } from "./antd-mobile-language.tsx";
import { router } from "./router.tsx";

await startI18n({
  "zh-CN": async () => (await import("../i18n/mobile-zh-cn.ts")).default,
  en: async () => (await import("../i18n/mobile-en.ts")).default,
});

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <AntdMobileLanguage>
        <RouterProvider router={router} />
      </AntdMobileLanguage>
    </QueryClientProvider>
  </StrictMode>,
);

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  void navigator.serviceWorker.register("/m/sw.js", { scope: "/m/" });
}
