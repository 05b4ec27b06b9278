import { step } from "../hot-work-rule.ts";

export const readWind = step("read-wind", "填写现场风力", "Enter the wind force at the place");
