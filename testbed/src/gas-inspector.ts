import { type ApiClient, ApiError, gasInspectionRoutes } from "@hanyouxu/api";
import type { DemoMachine } from "@hanyouxu/simulator";
import { demoRegulator } from "./regulator.ts";

/** Somebody of the county who looks at places after gas cuts and confirms it through the API. */
export function gasInspector(
  baseUrl: string,
  fetch = globalThis.fetch,
): (machine: DemoMachine) => Promise<void> {
  let signedIn: Promise<ApiClient> | undefined;
  return async ({ machineId }) => {
    signedIn ??= demoRegulator(baseUrl, fetch);
    const body = { reason: "演示：现场已通风，未见泄漏" };
    try {
      await (await signedIn).call(gasInspectionRoutes.inspectGasCut, { params: { machineId }, body });
    } catch (error) {
      // The leak stayed below the limit, or its chip has not reported yet.
      if (error instanceof ApiError && error.code === "gas_inspection.no_cut") return;
      throw error;
    }
  };
}
