// Comfort on the petitioners' pages. Everything works without it.
// Plain old JavaScript: it runs in the chat apps of phones that are ten years old.
(function () {
  'use strict';
  var root = document.documentElement;

  // Large type at once, without asking the server for the page again.
  var toggle = document.querySelector('[data-type-switch]');
  if (toggle) {
    toggle.addEventListener('click', function (event) {
      var large = root.getAttribute('data-type') !== 'large';
      if (large) root.setAttribute('data-type', 'large');
      else root.removeAttribute('data-type');
      document.cookie = 'type=' + (large ? 'large' : 'normal') + '; path=/; max-age=31536000; samesite=lax';
      var word = toggle.textContent;
      toggle.textContent = toggle.getAttribute('data-other');
      toggle.setAttribute('data-other', word);
      if (toggle.href) toggle.href = '?type=' + (large ? 'normal' : 'large');
      event.preventDefault();
    });
  }

  // A document's QR code carries its proof behind the #; asked at once, and kept in no history.
  var verify = document.getElementById('verify');
  if (verify) {
    var proof = location.hash.slice(1);
    if (/^[0-9A-Z]{16}$/.test(proof)) {
      document.getElementById('proof-code').value = proof.replace(/(.{4})(?=.)/g, '$1 ');
      if (window.history && history.replaceState) history.replaceState(null, '', location.pathname);
      verify.submit();
    }
  }

  var form = document.getElementById('lookup');
  if (!form) return;
  var code = document.getElementById('code');
  var error = document.getElementById('code-error');

  // Damm's check digit: finds every single wrong digit and every swap of neighbours.
  var DAMM = [
    '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
    '3674209581', '5869720134', '8945362017', '9438617205', '2581436790'
  ];
  function fits(digits) {
    var interim = 0;
    for (var i = 0; i < digits.length; i++) interim = +DAMM[interim].charAt(+digits.charAt(i));
    return interim === 0;
  }

  // Full-width digits are digits too.
  function digitsOf(text) {
    return text.replace(/[\uFF10-\uFF19]/g, function (wide) {
      return String.fromCharCode(wide.charCodeAt(0) - 0xFEE0);
    }).replace(/\D/g, '');
  }
  function grouped(digits) {
    return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
  }

  function say(words) {
    error.hidden = !words;
    error.querySelector('[data-words]').textContent = words;
    if (words) code.setAttribute('aria-invalid', 'true');
    else code.removeAttribute('aria-invalid');
  }
  function slip() {
    var digits = digitsOf(code.value);
    // An empty field is the server's to explain, like the empty second one.
    if (!digits) return '';
    if (digits.length !== 12) return form.getAttribute('data-length').replace('{n}', digits.length);
    return fits(digits) ? '' : form.getAttribute('data-slip');
  }

  // Groups of four while typing; the caret stays behind the digit that it was behind.
  function group() {
    var before = digitsOf(code.value.slice(0, code.selectionStart)).length;
    var digits = digitsOf(code.value);
    var text = grouped(digits);
    if (text !== code.value) {
      code.value = text;
      var caret = before;
      for (var i = 0; i < caret && i < text.length; i++) if (text.charAt(i) === ' ') caret++;
      try { code.setSelectionRange(caret, caret); } catch (ignored) { /* not focused */ }
    }
    // Said when all twelve are there; a complaint in the middle of typing would only confuse.
    say(digits.length === 12 ? slip() : '');
  }
  code.addEventListener('input', function (event) {
    if (!event.isComposing) group();
  });
  code.addEventListener('compositionend', group);

  form.addEventListener('submit', function (event) {
    var words = slip();
    say(words);
    if (words) {
      event.preventDefault();
      code.focus();
    }
  });

  // The receipt's QR code carries the code behind the #, which browsers never send. It is taken out
  // of the address at once, so that it stays in no history.
  function fromAddress() {
    var digits = digitsOf(location.hash);
    if (digits.length !== 12) return;
    code.value = grouped(digits);
    if (window.history && history.replaceState) history.replaceState(null, '', location.pathname + location.search);
    else location.hash = '';
    say(slip());
    document.getElementById('proof').focus();
  }
  window.addEventListener('hashchange', fromAddress);
  fromAddress();
  if (code.value && !error.querySelector('[data-words]').textContent.trim()) group();
})();
