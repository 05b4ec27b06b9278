import common from "./en/common.ts";
import mobile from "./en/mobile.ts";

export default { common, mobile };
