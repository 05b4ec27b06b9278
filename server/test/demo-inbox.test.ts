import { afterEach, describe, expect, test } from "vitest";
import { demoInboxSender, registerDemoInbox } from "../src/features/demo-inbox/demo-inbox.ts";
import { type TestApp, withApp } from "./app.ts";
import { engines } from "./database.ts";

describe.each(engines)("the demo inbox on %s", (engine) => {
  let app: TestApp;
  afterEach(() => app?.close());

  test("shows the newest messages first and keeps the last five hundred", async () => {
    app = await withApp(engine, { config: { demo: true }, register: registerDemoInbox });
    const sender = demoInboxSender(app.ctx);
    for (let n = 0; n < 505; n++) {
      app.clock.advance(1);
      await sender.sendCode("13800000001", String(n).padStart(6, "0"));
    }
    const response = await app.call("GET", "/api/demo/inbox");
    expect(response.statusCode).toBe(200);
    const { messages } = response.json();
    expect(messages).toHaveLength(100);
    expect(messages[0]).toMatchObject({ phone: "13800000001", code: "000504" });
    const { count } = await app.ctx.db
      .selectFrom("demo_inbox")
      .select((select) => select.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    expect(count).toBe(500);
  });

  test("does not exist outside the demo", async () => {
    app = await withApp(engine, { config: { demo: false }, register: registerDemoInbox });
    expect((await app.call("GET", "/api/demo/inbox")).statusCode).toBe(404);
  });
});
