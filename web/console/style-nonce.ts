/**
 * The server writes a nonce into each page it sends; style elements that carry it pass a strict policy. Most of antd
 * takes it from ConfigProvider; its scroll lock and scroll bar measure make elements without it, so they get it here.
 */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

export function giveStylesTheNonce(): void {
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = styleNonce;
    return element;
  }) as typeof document.createElement;
}
