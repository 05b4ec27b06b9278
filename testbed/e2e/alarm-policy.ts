import { type ApiClient, regionPolicyRoutes } from "@hanyouxu/api";

/**
 * A new version of a region's numbers of alarms, as a region may set them.
 * @returns sets what counted before, in another version
 */
export async function setAlarmPolicy(
  regulator: ApiClient,
  region: string,
  alarm: Record<string, number | string | string[]>,
): Promise<() => Promise<void>> {
  const params = { region };
  const { versions } = await regulator.call(regionPolicyRoutes.getRegionPolicy, { params });
  const before = versions.find(({ isInForce }) => isInForce)?.values ?? NONE;
  const set = async (values: typeof before) => {
    const { newestVersion } = await regulator.call(regionPolicyRoutes.getRegionPolicy, { params });
    await regulator.call(regionPolicyRoutes.setRegionPolicy, {
      params,
      body: { basedOnVersion: newestVersion, values, reason: "演示：预警参数" },
    });
  };
  await set({ ...before, alarm: { ...before.alarm, ...alarm } });
  return () => set(before);
}

const NONE = {
  start: {},
  hotWork: {},
  approval: {},
  clearance: {},
  alarm: {},
  camera: {},
  rectification: {},
};
