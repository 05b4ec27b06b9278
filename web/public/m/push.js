// Shows what the platform pushes (RFC 8030); loaded by the service worker of the phone pages.
self.addEventListener("push", (event) => {
  const { title, body, tag, messageId, severity } = event.data.json();
  const isDanger = severity === "danger";
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      // A newer message about the same thing stands in the place of the older one.
      tag,
      renotify: isDanger,
      requireInteraction: isDanger,
      icon: "/icons/icon.svg",
      data: { messageId },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { messageId } = event.notification.data;
  event.waitUntil(self.clients.openWindow(`/m/#/messages/${messageId}`));
});
