/** 13812341234 → 138****1234; anything shorter than 8 characters is hidden whole. */
export function maskPhone(phone: string): string {
  return keepEnds(phone, 3, 4);
}

/** 330723199001011234 → 330723********1234: the region stays, birthday and serial go. */
export function maskIdentityNumber(identityNumber: string): string {
  return keepEnds(identityNumber, 6, 4);
}

/** 张三丰 → 张**: the family name stays. */
export function maskName(name: string): string {
  const [first = "", ...rest] = [...name];
  return first + "*".repeat(rest.length);
}

/** Instead of a name that the reader's department may not know at all, not even its first character or length. */
export const HIDDEN_NAME = "***";

function keepEnds(text: string, head: number, tail: number): string {
  const hidden = text.length - head - tail;
  if (hidden < 1) return "*".repeat(text.length);
  return text.slice(0, head) + "*".repeat(hidden) + text.slice(-tail);
}

/** someone@example.cn → s***@example.cn: enough to know one's own by. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, 1)}***${address.slice(at)}`;
}
