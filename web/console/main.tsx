import "../ui/reason-list.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { startI18n } from "../i18n/start.ts";
import { createQueryClient } from "../ui/query-client.ts";
import { mapConfigQuery } from "../ui/use-map-config.ts";
import { meQuery } from "../ui/use-me.ts";
import { AntdSetup } from "./antd-setup.tsx";
import { isMapFirst, loadTexts } from "./opening.ts";
import { router } from "./router.tsx";

const queries = createQueryClient();
if (isMapFirst) {
  // On their way while texts and screens still load.
  void queries.prefetchQuery(meQuery);
  void queries.prefetchQuery(mapConfigQuery);
}

await startI18n(loadTexts);

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <AntdSetup>
        <RouterProvider router={router} />
      </AntdSetup>
    </QueryClientProvider>
  </StrictMode>,
);
