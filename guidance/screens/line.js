// Watches what a page waits for: its files, its connection, an answer. It stands in the head, so that it cannot be lost itself.
// While nothing comes, `data-line` on the root shows the words that the page has for it (`line.html`; before the first page,
// those of the shell), and what is missing is asked for anew.
(() => {
  // What Streamlit says of its connection and of its server; the other scripts ask for it here.
  const away = () => document.querySelector('[data-test-connection-state]:not([data-test-connection-state=CONNECTED])');
  const running = () => document.querySelector('[data-test-script-state]:not([data-test-script-state=notRunning])');
  window.guidance = { away, running };

  const root = document.documentElement, now = () => performance.now();
  // Milliseconds without anything: when it is said, when a new connection is tried first, and the longest pause before another.
  const say = 5_000, soon = 7_500, most = 40_000;
  const files = /*files*/[]/*files*/;  // needed after the first page, and fetched as soon as that one stands

  // Streamlit says in English, in a box over the page, that it cannot connect. With these values, its own, it does not.
  window.__streamlit = {
    BACKEND_BASE_URL: new URL('.', location.href).href,
    HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false, blockErrorDialogs: true },
  };
  // It would fetch 375 KB of icons before the first question; the browser does so anyway where an icon is shown.
  if (document.fonts) document.fonts.load = () => Promise.resolve([]);

  // `moved` is when something came last, or nothing was waited for. A line that went silent stays open for minutes: Streamlit
  // is told that it is closed, and makes a new one. A large answer on a slow line comes late, so the pause before that grows.
  let line = null, made = 0, asking = false, moved = now(), looked = now(), calm = 0, patience = soon, lost = 0;
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      line = this;
      made = now();
      asking = false;
      this.addEventListener('message', () => {
        if (line !== this) return;
        asking = false;
        moved = now();
      });
    }
    send(data) {
      if (!asking && calm) moved = now();
      asking = true;
      super.send(data);
    }
  };
  const standing = () => {
    const name = document.querySelector('h1[data-form]')?.dataset.form;
    const parts = `.stForm:not([inert]) [class*="st-key-${name}"]`;
    return document.querySelector('#root [data-step]') && document.querySelector('.g-line')
      && !document.querySelector('[data-testid=stErrorElementStack], [data-testid=stSkeleton]')
      && (!name || (document.querySelector(`${parts} :is(input, textarea)`) && document.querySelector(`${parts} button`)));
  };

  // A page that lacks a part is loaded again, but only when the server can be reached: the browser's own page would have no
  // numbers. What was lost is fetched past the cache, which over plain HTTP may have kept a file that was cut off as an empty one.
  const fresh = async address => {
    const cut = new AbortController(), timer = setTimeout(() => cut.abort(), 15_000);
    const answer = await fetch(address, { cache: 'reload', signal: cut.signal });
    await answer.arrayBuffer();
    clearTimeout(timer);
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  };
  const missing = new Set(), kept = history.state?.line || {};
  const boxes = () => [...document.querySelectorAll('.stForm input')];
  const again = tries => {
    const chosen = boxes().map(box => box.checked);
    history.replaceState({ ...history.state, line: { tries, step: root.dataset.step, chosen } }, '');
    location.reload();
  };
  let tries = kept.tries || 0, next = 0;
  const mend = async () => {
    if (tries >= 2 || now() < next) return;
    next = Infinity;
    const loaded = performance.getEntriesByType('resource').map(each => each.name).filter(name => name.includes('/static/js/'));
    try {
      for (const address of [...(missing.size ? missing : loaded), location.href]) await fresh(address);
      if (standing()) return;
      again(tries + 1);
    } catch { /* the line is still cut */ } finally { next = now() + say; }
  };

  // What was chosen before the page was loaded again is chosen once more.
  const choose = () => {
    const wanted = kept.step === root.dataset.step && kept.chosen || [];
    for (const [at, box] of boxes().entries())
      if (at in wanted && box.checked !== wanted[at] && (wanted[at] || box.type === 'checkbox')) box.click();
    delete kept.chosen;
    if (history.state?.line) history.replaceState({ ...history.state, line: undefined }, '');
  };
  const ahead = async (address, wait = 1_000) => {
    try { await import(address); } catch { setTimeout(ahead, wait, address, Math.min(2 * wait, most)); }
  };

  const pause = 500;
  let first = true;
  const look = () => {
    const whole = standing(), open = !away(), silent = open && (asking || running());
    if (now() - looked > 4 * pause) moved = now();  // a telephone that slept has not waited
    looked = now();
    calm = whole && open && !silent ? calm + 1 : 0;
    if (calm > 1) {
      moved = now();
      patience = soon;
      lost = tries = 0;
      missing.clear();
      choose();
      if (first) files.forEach(file => ahead(new URL(file, document.baseURI).href));
      first = false;
    }
    root.toggleAttribute('data-line', now() - moved > say || (!whole && tries > 0));
    if (silent && line && now() - Math.max(moved, made) > patience) {
      patience = Math.min(2 * patience, most);
      line.dispatchEvent(new CloseEvent('close'));
    }
    // A file that was lost leaves no doubt; one that does not come may be under way.
    if (!whole && open && !silent && (lost ? now() - lost > 1_000 : now() - moved > 2 * say)) mend();
  };
  setInterval(look, pause);
  const failed = event => {
    const file = event.target?.src || event.target?.href;
    if (file) missing.add(file);
    lost ||= now();
  };
  window.addEventListener('error', failed, true);
  window.addEventListener('vite:preloadError', failed);
  document.addEventListener('click', event => {
    if (!event.target.closest?.('[data-again]')) return;
    event.preventDefault();
    again(0);
  });
  new PerformanceObserver(() => { if (!root.dataset.step) moved = now(); }).observe({ type: 'resource' });
})();
