import "./console.css";
import "../ui/reason-list.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { startI18n } from "../i18n/start.ts";
import { createQueryClient } from "../ui/query-client.ts";
import { AntdSetup } from "./antd-setup.tsx";
import { router } from "./router.tsx";
import { giveStylesTheNonce } from "./style-nonce.ts";

giveStylesTheNonce();

await startI18n({
  "zh-CN": async () => (await import("../i18n/console-zh-cn.ts")).default,
  en: async () => (await import("../i18n/console-en.ts")).default,
});

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <AntdSetup>
        <RouterProvider router={router} />
      </AntdSetup>
    </QueryClientProvider>
  </StrictMode>,
);
