const cameras = {
  none: "还没有画面。芯片在开机、定时和预警时拍摄，信号弱时晚一些传到。",
  inChip: "芯片摄像头",
  number: "{{number}} 号摄像头",
  clipOf: "预警前后短片，{{name}}",
  clipCaption: "预警前后短片 · {{name}} · {{from}} 至 {{to}}",
  pictureOf: "{{name}}，{{purpose}}，{{at}}",
  forgotten: "已按保存期限删除",
  timeUnsure: "芯片时间未知，按收到时间",
  separator: "、",
  purpose: {
    interval: "定时",
    request: "人工抓拍",
    event: "开机",
    alarm: "预警瞬间",
    clip: "短片画面",
    live: "实时",
  },
  detection: {
    "not-asked": "未做人员与危险识别",
    waiting: "等待识别",
    done: "已识别",
    failed: "识别程序没有答复",
    nothing: "未识别出人员或危险",
  },
  thing: {
    person: "人员",
    fire: "明火",
    smoke: "烟雾",
    sparks: "火花",
    flammable: "易燃物",
    "no-helmet": "未戴安全帽",
    other: "其他",
  },
};

export default cameras;
