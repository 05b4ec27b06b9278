/** The privacy notice that a welder agrees to. A changed text needs a new version: old consents name what they saw. */
export const consentText = {
  version: "2026-11-26",
  text: {
    zh: [
      "为核验持证上岗，平台处理您的姓名、手机号、身份证号、操作证信息和照片。",
      "身份证号、证书编号和照片加密保存，只供您所在区域的监管人员审核证书时查看，每次查看都有记录。",
      "证书信息会发送给发证机关的证书登记系统核验。您扫码开机时的位置只用于核验您在焊机旁。",
      "头像可以不提供；不会只凭人脸决定您能否开机。",
      "您可以随时在“我的”查看自己的信息；需要更正、导出或删除时，请联系所在地消防站。",
    ].join("\n"),
    en: [
      "To check that welders are certified, the platform uses your name, phone, identity number, certificates and their photos.",
      "Numbers and photos are stored encrypted and shown only to the authorities of your region who check certificates; each look is recorded.",
      "Certificate data is sent to the issuer's registry to be checked. Your place at the scan is used only to see that you are beside the machine.",
      "A portrait is optional; a face alone never decides whether you may start a machine.",
      "You can see your data under “Me”; to correct, export or delete it, ask your local fire station.",
    ].join("\n"),
  },
} as const;
