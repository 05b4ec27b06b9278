const cameras = {
  title: "现场画面",
  unknown: "还没有收到过这台焊机的画面。没有摄像头的芯片不会应答抓拍。",
  show: "查看画面",
  request: "抓拍",
  requestLead: "让芯片立即拍一张并传回，信号弱时会晚一些。抓拍人和原因记入审计。",
  requested: "抓拍指令已发出，画面传回后显示在下方",
  watch: "查看实时画面：{{name}}",
  watchLead: "画面每秒约两张，最长 5 分钟，关闭页面即停止。查看人、时间和原因记入审计，企业可见有人在看。",
  watched: "{{name}}：当前有 {{count}} 人正在查看实时画面",
  unwatched: "{{name}}：当前无人查看实时画面",
  liveOf: "{{name}}的实时画面",
  liveWaits: "正在等待芯片传回画面…",
  liveNotice: "您正在查看实时画面，此次查看已记入审计；能看到这台焊机的人也能看到有人正在查看。",
  liveEnd: "停止查看",
};

export default cameras;
