import common from "./en/common.ts";
import consoleText from "./en/console.ts";

export default { common, console: consoleText };
