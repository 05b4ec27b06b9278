const whatIf = {
  lead: "把过去一段时间里的每一次开机申请，按当时保存的事实重新判定：如果当时的政策数值不同、或没有某条规则，会多拒绝多少、少拒绝多少，预警会多多少。只算不存，什么都不会改变。",
  noRegion: "您的账号不属于某个地区，请先选择一个地区的账号。",
  days: "时间范围（最长 31 天）",
  numbers: "改哪些数值",
  instead: "{{number}}（现为 {{now}}），改为",
  without: "去掉哪些开机规则",
  ask: "试算",
  starts: "开机申请 {{count}} 次",
  sampled: "数量较大：按焊工抽样，每 {{everyNth}} 人取 1 人，共重新判定 {{looked}} 次。",
  drifted: "其中 {{count}} 次即使不改也与当时的结果不同：规则的程序在那之后改过。",
  rules: "依据的规则",
  alarms: "由被拒开机引起的预警",
  limits:
    "被拒之后的人会怎么做、被放行之后的作业会怎样，无从得知：这里只重新判定当时提出的申请。预警按无人办结计算。",
  examples: "结果不同的开机申请（最近的在前）",
  noChange: "没有一次的结果不同。",
  none: "没有",
  before: "当时",
  after: "改后",
  difference: "增减",
};

export default whatIf;
