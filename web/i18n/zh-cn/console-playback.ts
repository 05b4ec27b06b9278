/** A machine's past, played back. */
const playback = {
  title: "轨迹与数据回放",
  aroundAlarm: "预警前 30 分钟到后 15 分钟的位置和读数。每次查看都有记录。",
  load: "查看回放",
  none: "这段时间没有上报的数据。",
  noPlace: "这段时间没有定位。",
  map: "焊机轨迹",
  play: "播放",
  pause: "暂停",
  moment: "回放时刻",
  speed: "倍速",
  alarm: "预警",
  on: "已通电",
  off: "未通电",
  current: "电流",
  temperature: "温度",
  gas: "可燃气体",
  movingSpeed: "移动速度",
  most: "最大",
  curve: "{{name}}，{{from}} 至 {{to}}，最大 {{most}}",
  thinned: "共 {{measured}} 个采样，图上显示 {{shown}} 个（各时段气体和电流最大的）。",
  within: "任选一段时间（最多 24 小时）的位置和读数，换过的芯片按各自在机时间计。每次查看都有记录。",
  from: "回放开始",
  to: "回放结束",
  lastHours: "最近 {{hours}} 小时",
};

export default playback;
