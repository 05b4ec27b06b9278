/** `fetch` with the one thing a phone's browser adds: it keeps the cookies of the platform and sends them back. */
export function withCookies(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  const cookies = new Map<string, string>();
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (cookies.size > 0)
      headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(input, { ...init, headers });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    return response;
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair, ...attributes] = line.split(";").map((part) => part.trim());
  const separator = pair!.indexOf("=");
  if (separator < 1) return;
  const name = pair!.slice(0, separator);
  const value = pair!.slice(separator + 1);
  const isOver = value === "" || attributes.some((attribute) => /^max-age=(0|-\d+)$/i.test(attribute));
  if (isOver) cookies.delete(name);
  else cookies.set(name, value);
}
