// The button of a sheet of paper; without it, the browser's own menu prints as well.
(function () {
  'use strict';
  var button = document.getElementById('print');
  if (!button) return;
  button.hidden = false;
  button.addEventListener('click', function () { window.print(); });
})();
