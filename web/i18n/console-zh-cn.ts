import common from "./zh-cn/common.ts";
import consoleText from "./zh-cn/console.ts";

export default { common, console: consoleText };
