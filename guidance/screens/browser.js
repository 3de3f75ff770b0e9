// The little that only the browser can do. It sees by the mark that `browser.py` makes which page is drawn.
(() => {
  const { away, running, first, arrive } = window.guidance;
  const shown = document.documentElement.dataset;  // its `step` is the page that stands there

  const top = () => { for (const box of [document.querySelector('[data-testid=stMain]'), window]) box && box.scrollTo(0, 0); };

  // Leave quickly: another page takes the place of this one, at a click or when Shift is pressed three times within five seconds.
  let shifts = [];
  const leave = event => {
    const link = document.querySelector('[data-leave]');
    if (!link) return;
    if (event.type === 'click') {
      if (!event.target.closest('[data-leave]') || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
    } else {
      if (event.repeat) return;  // a key that is held is pressed once
      shifts = event.key === 'Shift' ? [...shifts, event.timeStamp].filter(time => event.timeStamp - time < 5_000) : [];
      if (shifts.length < 3) return;
    }
    document.body.hidden = true;
    document.title = '';
    location.replace(link.href);
  };

  // The way past what stands on every page leads to the heading; a way out of what was opened above the page closes that, and
  // leads to the heading of the page, or of the part that the link names.
  const skip = event => {
    const link = event.target.closest?.('[data-skip], [data-close]');
    const part = link && (link.hash === '#main' ? 'h1' : `${link.hash} h2`);
    const heading = link && document.querySelector(`${first() ? '#first' : '#root'} ${part}`);
    if (!heading || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if ('close' in link.dataset) link.closest('details').open = false;
    heading.tabIndex = -1;
    heading.focus();
  };

  // A menu lies over the page, so it closes when something else is used, and gives the focus back at Escape.
  const menus = event => {
    const menu = document.querySelector('[data-menu][open]');
    if (!menu || (event.type !== 'keydown' && menu.contains(event.target)) || (event.type === 'keydown' && event.key !== 'Escape')) return;
    menu.open = false;
    if (event.type === 'keydown') menu.querySelector('summary').focus();
  };

  // Streamlit's main part is the box around everything, and a stop of the keyboard. Ours begins with the heading, and owns a form
  // of Streamlit's by its name.
  const landmarks = () => {
    const box = document.querySelector('[data-testid=stMain]');
    box?.setAttribute('role', 'none');
    box?.removeAttribute('tabindex');
    const form = document.querySelector('.stForm');  // of a training page, which has a heading and a form of Streamlit's
    if (form) Object.assign(form, { id: 'answers', role: 'form' });
  };

  // Browsers break Chinese between any two signs. A heading, or what may have happened, is broken between words only.
  const words = window.Intl?.Segmenter && new Intl.Segmenter('zh', { granularity: 'word' });
  const phrased = () => {
    for (const text of words ? document.querySelectorAll(':is(#main :is(h1, h2, h3), .g-situations a > span):lang(zh):not(:has(*))') : []) {
      const parts = [...words.segment(text.textContent)].map(({ segment, isWordLike }) =>
        isWordLike ? Object.assign(document.createElement('span'), { className: 'g-word', textContent: segment }) : segment);
      if (parts.some(part => part.nodeName)) text.replaceChildren(...parts);
    }
  };

  // The arrow keys, and those that a presenter's remote control sends, lead through a demonstration.
  const keys = { ArrowRight: 'next', PageDown: 'next', ArrowLeft: 'previous', PageUp: 'previous' };
  const turn = event => {
    const link = keys[event.key] && document.querySelector(`[data-${keys[event.key]}]`);
    const other = event.repeat || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.target.closest('input, textarea');
    if (!link || other) return;
    event.preventDefault();
    link.click();
  };

  // Streamlit names its boxes by the Markdown of their labels. The label that is seen is the better name. What it calls the main
  // part is the box around everything; ours is within.
  const named = () => {
    const box = document.querySelector('[data-testid=stMain]');
    box?.setAttribute('role', 'none');
    box?.removeAttribute('tabindex');
    for (const box of document.querySelectorAll('.stCheckbox input[aria-label]')) box.removeAttribute('aria-label');
  };

  // Streamlit draws a page with a form of its own from its top. Until all of it is there, which on a bad line takes seconds, the form of the page
  // before stands below the new heading: what is chosen there would be an answer to the old page. So it waits, unseen.
  const whole = () => {
    const name = document.querySelector('#root h1[data-form]')?.dataset.form;
    for (const form of document.querySelectorAll('.stForm')) {
      const parts = [...form.querySelectorAll('[class*=st-key-]')];
      form.toggleAttribute('inert', !name || !parts.every(part => part.className.includes(`st-key-${name}`)));
    }
  };

  // A field with a limit takes the beginning of a longer text. Streamlit would take nothing of it, without a word.
  const limit = event => {
    const most = document.querySelector('h1[data-most]')?.dataset.most;
    if (most && event.target.localName === 'textarea') event.target.maxLength = most;
  };

  const soft = event => {
    const link = event.target.closest && event.target.closest('a[data-soft], .soft a');
    if (!link || first() || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname || link.hash) return;
    // A browser may refuse after many of these; then the link loads its page itself.
    try { history[link.href === location.href ? 'replaceState' : 'pushState']({}, '', link.href); } catch { return; }
    event.preventDefault();
    window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    top();
  };

  // For half a second after its server went away the page is not connected, and Streamlit drops what is tapped: choices,
  // Continue, soft links. What is tapped then is done when the page is connected again, and so is Continue or a link which is
  // not answered yet, since the server may not have seen it. Both name the whole place they lead to: twice is the same as
  // once. Of a choice is kept how it shall stand then, for the same reason; and of all, on which page it was tapped.
  let late = new Map(), asked = {}, gone = false;
  const rerun = { click: () => window.dispatchEvent(new PopStateEvent('popstate', { state: {} })), isConnected: true };
  const keep = (control, chosen = null) => {
    // The last of two choices counts, and who taps something else after Continue wants that.
    for (const other of late.keys()) if (other === control || other.localName === 'button') late.delete(other);
    late.set(control, { chosen, step: shown.step });
  };
  const tap = event => {
    const box = event.type === 'click' && event.target.closest?.('.stForm label')?.control;
    const control = event.type === 'popstate' ? rerun : box || event.target.closest?.('.stFormSubmitButton button');
    if (!control || event.button) return;
    if (away()) keep(control, box ? box.type === 'radio' || !(late.get(box)?.chosen ?? box.checked) : null);
    else asked = box ? {} : { control, step: shown.step, done: event.type === 'pointerup' ? performance.now() : Infinity };
  };
  // A tap is answered when another page stands there, or when the server has run for it and said what was wrong. After one
  // run another may follow, between which none runs: it has answered when it is silent for a second. Who lets go of Continue
  // has mostly clicked it; for a second that counts as a click, too.
  const connection = async () => {
    if (away()) {
      if (asked.control && asked.step === shown.step && performance.now() - asked.done < 1_000) keep(asked.control);
      asked = {};
      gone = true;
      return;
    }
    // Of a page that was cut off on its way, Streamlit may take the rest away: then there is no footer, and it is made again.
    if (gone && shown.step && !document.querySelector('.g-footer')) late.set(rerun, { chosen: null, step: shown.step });
    gone = false;
    if (running()) asked.ran = true;
    asked.done = asked.ran && !running() ? performance.now() : Infinity;
    const taps = [...late];
    late.clear();
    for (const [number, [control, { chosen, step }]] of taps.entries()) {
      await new Promise(done => setTimeout(done, 50));
      if (away()) return void (late = new Map([...taps.slice(number), ...late]));
      if (control.isConnected && step === shown.step && control.checked !== chosen) control.click();
    }
  };

  // The heading may be drawn after this runs: wait for it up to about two seconds, then take the one that is there.
  const focus = (heading, wanted, frames = 0) => {
    if (shown.step !== wanted) return;
    const found = document.querySelector('[data-testid=stMain] h1');
    const right = found && (!heading || found.innerText.trim() === heading.trim());
    if (!right && frames < 120) return requestAnimationFrame(() => focus(heading, wanted, frames + 1));
    if (!found) return;
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
    top();
  };

  // What page is drawn: its language, which step it is, its heading. A new one gets the focus; so does, at each click on Continue
  // that gave no answer, what is said of it.
  let refused = '';
  const drawn = () => {
    const page = !first() && document.querySelector('#root [data-step]');
    const step = page && `${page.lang} ${page.dataset.step}`;
    if (!page || (step === shown.step && (page.dataset.refused ?? '') === refused)) return;
    const before = shown.step, failed = page.dataset.refused;
    refused = failed ?? '';
    shown.step = step;
    document.documentElement.lang = page.lang;
    arrive(page);
    if (failed) { top(); document.getElementById('error').focus(); }
    else if (before && before !== step) focus(page.dataset.heading, step);
  };

  document.addEventListener('focusin', limit);
  document.addEventListener('click', soft, true);
  document.addEventListener('click', skip);
  for (const kind of ['click', 'focusin', 'keydown']) document.addEventListener(kind, menus);
  document.addEventListener('keydown', turn);
  document.addEventListener('click', leave, true);
  document.addEventListener('keydown', leave, true);
  document.addEventListener('pointerup', tap, true);
  document.addEventListener('click', tap, true);
  window.addEventListener('popstate', tap);
  const states = ['data-test-connection-state', 'data-test-script-state'];
  new MutationObserver(connection)
    .observe(document.getElementById('root'), { attributeFilter: states, subtree: true });
  if (first()) shown.step = `${document.documentElement.lang} ${first().dataset.step}`;
  const look = () => { drawn(); landmarks(); named(); whole(); phrased(); };
  window.guidance.look.push(look);
  new MutationObserver(look)
    .observe(document.getElementById('root'), { childList: true, subtree: true, attributeFilter: ['class', 'data-refused'] });
  look();
})();
