const sharing = {
  title: "个人信息与授权",
  waiting: "有新版本的授权文本待阅读",
  superseded: "个人信息告知书已更新，请重新阅读",
  consents: "授权文本",
  noTexts: "目前没有需要授权的文本。",
  version: "第 {{version}} 版",
  newer: "您同意的是第 {{version}} 版，内容已更新，请重新阅读。",
  changes: "更新内容：{{changes}}",
  givenAt: "已于 {{at}} 同意",
  agree: "已阅读并同意",
  withdraw: "撤回同意",
  export: "导出我的信息",
  exportLead: "平台保存的关于您的全部信息，JSON 格式，可由其他系统读取。",
  exportDo: "导出",
  erasure: "注销并删除",
  erasureLead:
    "申请经审核后，您将不能再登录，无须保留的个人信息被永久删除；作业记录只保留代号。下列信息须保留至到期：",
  keptUntil: "保留至 {{day}}",
  part: { contact: "联系方式", identity: "姓名和身份证号", certificates: "证书编号" },
  erasureDo: "申请注销",
  erasureAsk: "确定申请注销？",
  erasureWithdraw: "撤回注销申请",
  erasureStatus: {
    requested: "注销申请待处理",
    refused: "注销申请未通过",
    partly: "已部分注销",
    done: "已注销",
    withdrawn: "注销申请已撤回",
  },
};

export default sharing;
