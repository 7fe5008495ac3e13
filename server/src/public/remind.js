// 在这台手机上提醒我: shows the button where the browser can take a push, asks the person, and sends the browser's
// address with the form. Without this script, or where it cannot be done, the button is not there.
(function () {
  'use strict';
  var row = document.getElementById('remind');
  if (!row || !('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return;
  var button = row.querySelector('button');
  var form = button.form;
  var note = row.querySelector('[aria-live]');
  row.hidden = false;

  function bytes(text) {
    var plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    var all = new Uint8Array(plain.length);
    for (var i = 0; i < plain.length; i++) all[i] = plain.charCodeAt(i);
    return all;
  }

  function ready(registration) {
    if (registration.active) return Promise.resolve(registration);
    return new Promise(function (done) {
      var worker = registration.installing || registration.waiting;
      worker.addEventListener('statechange', function () {
        if (worker.state === 'activated') done(registration);
      });
    });
  }

  button.addEventListener('click', function (event) {
    event.preventDefault();
    Promise.resolve(Notification.requestPermission()).then(function (answer) {
      if (answer !== 'granted') throw new Error(answer);
      return navigator.serviceWorker.register('/remind-worker.js', { scope: '/c' });
    }).then(ready).then(function (registration) {
      var key = bytes(row.getAttribute('data-key'));
      return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    }).then(function (subscription) {
      form.elements.endpoint.value = subscription.endpoint;
      form.action = button.getAttribute('formaction');
      form.submit();
    })['catch'](function () {
      note.textContent = row.getAttribute('data-refused');
    });
  });
})();
