// 算一道题: finds the number that the server asks for when many wrong codes come in. In small pieces, so that the
// page stays alive; in JavaScript of 2009, since it must run on old phones. Nothing typed goes into it.
(function () {
  'use strict';
  var box = document.getElementById('puzzle');
  var form = document.getElementById('lookup');
  if (!box || !form) return;
  var text = form.elements.challenge.value + '.';
  var bits = +text.split('.')[0];
  var say = document.getElementById('puzzle-say');
  var sent = false;
  var found = false;

  // The round constants and first values of SHA-256: cube and square roots of the first primes.
  var K = [];
  var H = [];
  for (var n = 2; K.length < 64; n++) {
    var prime = true;
    for (var d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (H.length < 8) H.push((Math.pow(n, 1 / 2) * 4294967296) | 0);
    K.push((Math.pow(n, 1 / 3) * 4294967296) | 0);
  }
  var W = [];

  // The first 32 bits of the hash of ASCII text; all that the proof looks at, since it asks for at most 28.
  function head(ascii) {
    var length = ascii.length;
    var blocks = ((length + 8) >> 6) + 1;
    var h = H.slice();
    for (var b = 0; b < blocks; b++) {
      for (var i = 0; i < 16; i++) {
        var word = 0;
        for (var j = 0; j < 4; j++) {
          var at = b * 64 + i * 4 + j;
          word = (word << 8) | (at < length ? ascii.charCodeAt(at) : at === length ? 128 : 0);
        }
        W[i] = word;
      }
      if (b === blocks - 1) W[15] = length * 8;
      for (i = 16; i < 64; i++) {
        var x = W[i - 15];
        var y = W[i - 2];
        var s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        var s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
      }
      var v = h.slice();
      for (i = 0; i < 64; i++) {
        var e = v[4];
        var a = v[0];
        var t1 = (v[7] + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7)))
          + ((e & v[5]) ^ (~e & v[6])) + K[i] + W[i]) | 0;
        var t2 = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10)))
          + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]))) | 0;
        v = [(t1 + t2) | 0, a, v[1], v[2], (v[3] + t1) | 0, e, v[5], v[6]];
      }
      for (i = 0; i < 8; i++) h[i] = (h[i] + v[i]) | 0;
    }
    return h[0];
  }

  var next = 0;
  function work() {
    var until = new Date().getTime() + 40;
    while (new Date().getTime() < until) {
      for (var i = 0; i < 50; i++, next++) {
        if (head(text + next) >>> (32 - bits) === 0) {
          form.elements.work.value = String(next);
          found = true;
          say.textContent = say.getAttribute('data-done');
          if (sent) form.submit();
          return;
        }
      }
    }
    setTimeout(work, 0);
  }

  // Pressed too early: it goes by itself when the sum is done. Slips are found first by lookup.js.
  form.addEventListener('submit', function (event) {
    if (found || event.defaultPrevented) return;
    event.preventDefault();
    sent = true;
    say.textContent = say.getAttribute('data-wait');
  });
  if (bits > 0 && bits < 32) work();
})();
