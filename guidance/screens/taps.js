// A tap that was meant for the page before must do nothing to the page that just came under the same finger. For 0.7 s after a
// page, or a part of it that can be tapped, stands there, no tap and no Enter or Space has an effect. A page that no tap led to
// takes input at once. What was pressed in that time, or on the page before, and let go later, was meant for the page before, too.
// The way to leave quickly is always open, but not to the second of two taps on the same place: where it just came, it was not
// meant.
(() => {
  const WAIT = 700;  // ms; hands that tremble, and a second tap "to be sure", come within half a second
  const { first } = window.guidance;
  const page = document.documentElement;
  const SAME = 40;  // px; as wide as a finger
  let sight = '', arrivals = 0, press = null, until = 0, frame, timer;

  // What can be tapped, part by part; a browser that translates the page changes only the words. `inert` is set by `whole`.
  const seen = () => {
    if (first()) return 'server';
    const parts = [...document.querySelectorAll('.stForm, .stHtml')];
    const targets = parts.map(part => part.inert ? 0 : part.querySelectorAll('a, button, input, summary').length);
    return [page.dataset.step, document.querySelector('#root [data-refused]')?.dataset.refused, ...targets].join(' ');
  };

  // The style takes the pointer from the page as long as `data-arriving` stands there. The time counts from the next frame,
  // when the reader sees the page.
  const guard = wait => {
    until = Infinity;
    page.dataset.arriving = '';
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      until = performance.now() + wait;
      timer = setTimeout(() => delete page.dataset.arriving, wait);
    });
  };
  const arrive = () => {
    const before = sight;
    sight = seen();
    if (sight === before || !press) return;
    arrivals += 1;
    guard(WAIT);
  };

  const same = event => Math.hypot(event.clientX - press?.clientX, event.clientY - press?.clientY) < SAME;
  const leaves = event => event.target.closest?.('[data-leave]') && !same(event);
  const early = event => event.isTrusted && (event.timeStamp < until || 'going' in page.dataset) && !leaves(event);
  const stop = event => event.stopImmediatePropagation();
  const refuse = event => { event.preventDefault(); stop(event); };

  const down = event => {
    if (!event.isTrusted) return;
    press = { early: early(event), leaves: leaves(event), arrivals, clientX: event.clientX, clientY: event.clientY };
    if (press.early) stop(event);
  };
  // Streamlit's controls listen to each of these. To keep a finger from scrolling (`touchstart`) would be too much.
  const follow = event => {
    if (!event.isTrusted || !press?.early) return;
    if (event.type === 'mousedown') refuse(event);  // else the focus would leave the new heading
    else stop(event);
  };
  const click = event => {
    if (!event.isTrusted) return;
    const pressed = press ?? { arrivals };
    if (!pressed.leaves && (early(event) || pressed.early || pressed.arrivals !== arrivals)) refuse(event);
    press = { ...pressed, early: false, leaves: false, arrivals };  // a screen reader clicks without pressing
  };

  // A key that is held is pressed once. Enter on an answer sends the form, as in any form of a browser.
  const key = event => {
    const target = event.target.closest?.('a, button, summary, [type=radio], [type=checkbox], .g-typed input');
    if (!event.isTrusted || !target || !['Enter', ' '].includes(event.key)) return;
    if (event.repeat || early(event)) refuse(event);
    if (!event.repeat) press = { early: early(event), leaves: leaves(event), arrivals };
    const sends = event.key === 'Enter' && target.matches('input') && !event.defaultPrevented;
    if (sends) target.closest('.stForm')?.querySelector('.stFormSubmitButton button')?.click();
  };

  window.addEventListener('pointerdown', down, true);
  for (const name of ['mousedown', 'touchstart', 'pointerup', 'mouseup', 'touchend'])
    window.addEventListener(name, follow, { capture: true, passive: name.startsWith('touch') });
  window.addEventListener('pointercancel', () => { if (press) press.early = false; }, true);
  window.addEventListener('click', click, true);
  window.addEventListener('keydown', key, true);
  new MutationObserver(arrive)
    .observe(document.getElementById('root'), { childList: true, subtree: true, attributeFilter: ['inert', 'data-refused'] });
  arrive();
  window.guidance.look.push(arrive);
  // A page that the server drew takes none in its first moment either (and by style alone, see `g-arriving`), nor twice in a row.
  window.guidance.pause = () => guard(WAIT);
  if (first()) guard(WAIT - 50);  // the style has the last word
})();
