import "./mobile.css";
import "./screens.css";
import "../ui/reason-list.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { unstableSetRender } from "antd-mobile";
import { StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { RouterProvider } from "react-router";
import { startI18n } from "../i18n/start.ts";
import { createQueryClient } from "../ui/query-client.ts";
import { AntdMobileLanguage } from "./antd-mobile-language.tsx";
import { router } from "./router.tsx";

// antd-mobile's Toast and Dialog draw nothing on React 19, silently, until they are told how.
const roots = new WeakMap<Element | DocumentFragment, Root>();
unstableSetRender((node, container) => {
  const root = roots.get(container) ?? createRoot(container);
  roots.set(container, root);
  root.render(node);
  return async () => {
    await Promise.resolve();
    root.unmount();
    roots.delete(container);
  };
});

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
