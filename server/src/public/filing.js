// Comfort on the filing form. Everything works without it.
// What is typed is kept on this phone until the receipt is there: over a lost line, an empty battery, a closed
// window. Plain old JavaScript: it runs in the chat apps of phones that are ten years old.
(function () {
  'use strict';
  var KEPT = 7 * 24 * 3600 * 1000;
  function key(helped) { return helped ? 'filing-for' : 'filing'; }
  function read(name) {
    try { return JSON.parse(localStorage.getItem(name)); } catch (ignored) { return null; }
  }
  function forget(name) {
    try { localStorage.removeItem(name); } catch (ignored) { /* nothing is kept here */ }
  }

  // The receipt is there: what was kept for it goes.
  if (document.querySelector('[data-filed]')) {
    forget(key(false));
    forget(key(true));
  }
  var print = document.querySelector('[data-print]');
  if (print) {
    print.hidden = false;
    print.addEventListener('click', function () { window.print(); });
  }

  var form = document.querySelector('form[data-draft]');
  if (!form) return;
  var box = document.querySelector('[data-draft-box]');
  var said = box.querySelector('[data-draft-words]');
  var clear = box.querySelector('button');
  var name = key(form.getAttribute('data-draft') === 'for');
  var words = function (which) { return form.getAttribute('data-' + which); };

  function say(which) {
    said.textContent = words(which);
    box.hidden = false;
  }
  function each(visit) {
    for (var i = 0; i < form.elements.length; i++) {
      var field = form.elements[i];
      if (field.name && field.type !== 'file' && field.type !== 'submit' && field.name !== 'drop') visit(field);
    }
  }
  function accuses() {
    var chosen = form.querySelector('input[name=purpose]:checked');
    return !!chosen && chosen.value === 'accusation';
  }
  function typed() {
    var values = [], any = false;
    each(function (field) {
      if (field.type === 'radio' || field.type === 'checkbox') {
        if (field.checked) values.push([field.name, field.value]);
        if (field.checked !== field.defaultChecked) any = true;
      } else {
        values.push([field.name, field.value]);
        if (field.type !== 'hidden' && field.value) any = true;
      }
    });
    return any ? values : null;
  }
  function keep() {
    // Of a report against an official nothing stays on the phone.
    var values = accuses() ? null : typed();
    if (!values) return forget(name);
    try {
      localStorage.setItem(name, JSON.stringify({ at: Date.now(), values: values }));
      say('kept');
    } catch (full) { /* no room, or a private window: the page holds it */ }
  }
  function put(values) {
    var at = {};
    each(function (field) {
      var of = values.filter(function (pair) { return pair[0] === field.name; });
      if (field.type === 'radio' || field.type === 'checkbox') {
        field.checked = of.some(function (pair) { return pair[1] === field.value; });
      } else {
        var n = at[field.name] || 0;
        at[field.name] = n + 1;
        if (of[n]) field.value = of[n][1];
      }
    });
    var more = form.querySelector('details');
    var late = more && more.querySelectorAll('input');
    for (var i = 0; late && i < late.length; i++) if (late[i].value) more.open = true;
  }

  var draft = read(name);
  if (draft && draft.at > Date.now() - KEPT && form.hasAttribute('data-fresh')) {
    // With the form's own id: what was sent, and lost its answer on the way, is not sent twice.
    put(draft.values);
    say('restored');
  } else if (draft && draft.at <= Date.now() - KEPT) {
    forget(name);
  }

  var pause;
  function later() {
    clearTimeout(pause);
    pause = setTimeout(keep, 300);
  }
  form.addEventListener('input', later);
  form.addEventListener('change', later);
  window.addEventListener('pagehide', function () { if (typed() && !cleared) keep(); });

  var cleared = false;
  clear.addEventListener('click', function () {
    cleared = true;
    forget(name);
    location.replace(location.pathname);
  });

  var sent = 0;
  form.addEventListener('submit', function (event) {
    keep();
    if (navigator.onLine === false) {
      event.preventDefault();
      say('offline');
      box.scrollIntoView();
      return;
    }
    // A second tap while the first is under way.
    if (Date.now() - sent < 4000) event.preventDefault();
    else sent = Date.now();
  });
})();
