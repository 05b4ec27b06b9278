const evidence = {
  open: "影像",
  title: "现场影像",
  lead: "请核对画面：口令数字应在画面下沿，口令要求的内容应在画面中。每次查看都会记入审计。",
  none: "没有影像",
  digits: "口令数字",
  demand: "口令要求",
  gallery: "从相册选取，没有口令",
  takenAt: "拍摄时间",
  place: "拍摄位置",
  noPlace: "未取得",
  seen: "拍到的方向",
  show: "查看原件",
};

export default evidence;
