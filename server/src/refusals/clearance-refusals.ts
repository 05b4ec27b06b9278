import type { ClearanceRefusal } from "@hanyouxu/rules";
import type { Refusal } from "./refusal.ts";

const conflict = (zh: string, en: string) => ({ status: 409, "zh-CN": zh, en }) as const satisfies Refusal;

/** The words of the state machine's refusals; `clearance.` before each. */
const byState = {
  "clearance.ended": conflict(
    "这次动火许可已结束，请刷新页面；再次动火请重新办理",
    "This clearance is over: reload the page, and begin a new one for more work",
  ),
  "clearance.not-demanded": conflict(
    "本区域不要求这一步，请刷新页面",
    "The area does not ask for this step: reload the page",
  ),
  "clearance.permit-attached-already": conflict(
    "已关联动火作业票，请刷新页面",
    "A permit is attached already: reload the page",
  ),
  "clearance.other-permit": conflict(
    "这不是本次关联的动火作业票，请刷新页面",
    "This is not the attached permit: reload the page",
  ),
  "clearance.permit-not-approved": conflict(
    "动火作业票还没有批准，或已暂停、过期；请先办理作业票",
    "The hot-work permit is not approved, is suspended or has run out: see to the permit first",
  ),
  "clearance.scene-waits": conflict(
    "现场核查正在进行，请等待结果",
    "The scene is being checked: wait for the result",
  ),
  "clearance.scene-passed-already": conflict(
    "现场核查已通过，请继续下一步",
    "The scene has passed: go on with the next step",
  ),
  "clearance.scene-not-waiting": conflict(
    "这次核查已有结果，请刷新列表",
    "This scene is decided already: reload the list",
  ),
  "clearance.scene-not-passed": conflict(
    "现场核查还没有通过，请先拍摄现场并等待核查",
    "The scene has not passed: show it first and wait for the check",
  ),
  "clearance.station-not-called": conflict(
    "没有通知消防站，请刷新页面",
    "No station was called: reload the page",
  ),
  "clearance.station-order": conflict(
    "请按接单、到场、处置的顺序操作",
    "Accept, arrive, decide: in this order",
  ),
  "clearance.welder-is-watch": conflict(
    "焊工不能给自己当监护人，请由另一人扫码监护",
    "A welder cannot watch himself: somebody else scans",
  ),
  "clearance.approver-is-watch": conflict(
    "作业票的审批人不能同时当监护人，请由另一人扫码监护",
    "Who approved the permit cannot be the fire watch: somebody else scans",
  ),
  "clearance.not-the-watch": conflict(
    "现在的监护人不是您；需要接替时请扫场所码",
    "You are not the fire watch now: scan the site code to take over",
  ),
  "clearance.not-ready": conflict(
    "动火许可的条件还不齐，请按页面上的步骤办理",
    "Something of the clearance is missing: follow the steps on its page",
  ),
  "clearance.session-runs": conflict(
    "作业已开始：请先关机，或在完工后完成余火监护",
    "Work has begun: switch the machine off first, or finish with the smoulder watch",
  ),
  "clearance.other-session": conflict(
    "这不是本次动火的作业，请刷新页面",
    "This is not the session of this clearance: reload the page",
  ),
  "clearance.nothing-welded": conflict(
    "还没有动火，不能完工；不再需要时请取消",
    "Nothing was welded yet: cancel it when it is not needed",
  ),
  "clearance.finished-already": conflict(
    "已经完工，请完成余火监护；再次动火请重新办理",
    "The work is finished: complete the smoulder watch, and begin a new clearance for more",
  ),
  "clearance.no-smoulder-watch": conflict(
    "现在不在余火监护中，请刷新页面",
    "No smoulder watch is running: reload the page",
  ),
  "clearance.smoulder-too-early": conflict(
    "余火监护时间未到，不能提前结束",
    "The smoulder watch is not over yet and cannot be closed early",
  ),
  "clearance.smoulder-check-missing": conflict(
    "请先完成最后一次余火检查并上传照片，再结束监护",
    "Make the last smoulder check with a picture, then close the watch",
  ),
} as const satisfies Record<`clearance.${ClearanceRefusal}`, Refusal>;

/** What clearances, scene checks and station calls can refuse. */
export const clearanceRefusals = {
  ...byState,
  "clearance.not_found": {
    status: 404,
    "zh-CN": "没有这个动火许可，请刷新列表",
    en: "There is no such clearance: reload the list",
  },
  "clearance.not_at_area": conflict(
    "您的位置不在这个重点区域内，请到动火点再办理",
    "You are not in this key area: begin at the hot-work point",
  ),
  "clearance.machine_taken": conflict(
    "这台焊机正在另一次动火许可中，请等它结束或换一台焊机",
    "The machine is in another clearance: wait for its end or take another machine",
  ),
  "clearance.unfit_permit": conflict(
    "这张动火作业票不适用于本区域或本机，或已失效；请选择或新办一张",
    "This permit is for another area or machine, or has ended: choose or apply for another",
  ),
  "clearance.place_unknown": conflict(
    "手机没有提供足够准确的位置，请打开定位，到室外或窗边重试",
    "The phone gives no position that is accurate enough: switch location on and try near a window or outdoors",
  ),
  "clearance.too_far": conflict(
    "您离动火点太远，请到现场再操作",
    "You are too far from the hot-work point: do it at the place",
  ),
  "site_code.invalid": conflict(
    "这不是有效的场所码，请重新扫描焊工手机上的场所码",
    "This is no valid site code: scan the one on the welder's phone",
  ),
  "site_code.stale": conflict(
    "场所码已更换，照片或截屏无效；请当面扫描焊工手机上的场所码",
    "The site code has changed, and a photo of it does not count: scan it from the welder's phone itself",
  ),
  "site_code.not_yet": conflict(
    "现场核查通过、作业票批准后才会显示场所码",
    "The site code shows once the scene has passed and the permit is approved",
  ),
  "fire_watch.not_trained": {
    status: 403,
    "zh-CN": "没有有效的监护培训记录，不能担任监护人；请联系用焊单位安全员登记",
    en: "No valid training as a fire watch is on record: ask the site owner's safety officer",
  },
  "fire_watch.watches_elsewhere": conflict(
    "您正在监护另一处动火点；请先由他人接替，或等那里结束",
    "You are the fire watch of another hot-work point: let somebody relieve you there, or wait for its end",
  ),
  "scene_check.not_found": {
    status: 404,
    "zh-CN": "没有这次现场核查，请刷新列表",
    en: "There is no such scene check: reload the list",
  },
  "scene_check.decided": conflict(
    "这次核查已有结果，请刷新列表",
    "This scene is decided already: reload the list",
  ),
  "station_call.not_found": {
    status: 404,
    "zh-CN": "没有这条消防站警情，请刷新列表",
    en: "There is no such station call: reload the list",
  },
  "station_call.not_yours": conflict(
    "这条警情由另一位队员接单，请由他处置",
    "Somebody else has accepted this call and goes on with it",
  ),
} as const satisfies Record<string, Refusal>;
