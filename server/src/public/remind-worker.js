// The petitioner's service worker: shows one fixed sentence when a push comes, and opens the look-up page when it is
// tapped. A push has no content, so there is nothing in it to read; nothing is stored, and no page passes through here.
'use strict';

self.addEventListener('push', (event) => {
  event.waitUntil(self.registration.showNotification('信访事项有新的进展', {
    body: '请凭查询码查看。',
    tag: 'huiyin-news',
    lang: 'zh-CN',
  }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow('/c'));
});
