import common from "./zh-cn/common.ts";
import mobile from "./zh-cn/mobile.ts";

export default { common, mobile };
