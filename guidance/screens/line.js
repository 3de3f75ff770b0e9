// Starts Streamlit behind the page that the server drew, and later watches what its pages wait for: a connection, an answer, their
// parts. While nothing comes, `data-line` on the root shows the words that the page has for it (`line.html`).
(() => {
  const root = document.documentElement, now = () => performance.now();
  const first = () => document.getElementById('first');
  // What Streamlit says of its connection and of its server; the other scripts ask for it here.
  const away = () => document.querySelector('[data-test-connection-state]:not([data-test-connection-state=CONNECTED])');
  const running = () => document.querySelector('[data-test-script-state]:not([data-test-script-state=notRunning])');

  // Milliseconds without anything: when it is said, when a new connection is tried first, and the longest pause before another.
  const say = 5_000, soon = 7_500, most = 40_000;

  // Streamlit says in English, in a box over the page, that it cannot connect. With these values, its own, it does not.
  window.__streamlit = {
    BACKEND_BASE_URL: new URL('.', location.href).href,
    HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false, blockErrorDialogs: true },
  };
  // It would fetch 375 KB of icons before the first question; the browser does so anyway where an icon is shown.
  if (document.fonts) document.fonts.load = () => Promise.resolve([]);

  // `moved` is when something came last, or nothing was waited for. A line that went silent stays open for minutes: Streamlit
  // is told that it is closed, and makes a new one. A large answer on a slow line comes late, so the pause before that grows.
  // As long as the page that the server drew stands, what Streamlit asks for waits in `held`: two pages would be in one.
  let line = null, made = 0, asking = false, moved = now(), looked = now(), calm = 0, patience = soon, lost = 0;
  let held = first() ? [] : null;
  document.getElementById('root').inert = !!held;
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      line = this;
      made = now();
      asking = false;
      if (held) held = [];
      this.addEventListener('message', () => {
        if (line !== this) return;
        asking = false;
        moved = now();
      });
    }
    send(data) {
      if (held) return void (held.push(data), rest());
      if (!asking && (calm || first())) moved = now();
      asking = true;
      super.send(data);
    }
  };
  const release = () => {
    const waiting = held ?? [];
    held = null;
    moved = now();
    for (const data of waiting) line.send(data);
  };

  // Streamlit's files come when the reader sees the page, and none of them before. One that is lost is not asked for again: the
  // page works without, and the next one begins anew.
  const { start, together, late } = /*streamlit*/{}/*streamlit*/;
  const address = file => new URL(file, document.baseURI).href;
  let loaded = null;
  const begin = () => {
    const add = (name, given) => document.head.append(Object.assign(document.createElement(name), { crossOrigin: '', ...given }));
    for (const file of together) add('link', { rel: 'modulepreload', href: address(file) });
    add('script', { type: 'module', src: address(start) });
  };
  // Over plain HTTP a browser may have kept a file that was cut off as an empty one, which no page can use: all are fetched past
  // its cache, for the next page.
  const renew = event => {
    if (!event.message || !first()) return;
    window.removeEventListener('error', renew);
    for (const file of [start, ...together, ...late]) fetch(address(file), { cache: 'reload' }).catch(() => {});
  };
  window.addEventListener('error', renew);
  const rest = () => {
    loaded ??= Promise.all(late.map(file => import(address(file)))).then(() => { loaded = true; }, () => { loaded = false; });
  };
  const seen = () => document.hidden ? begin() : requestAnimationFrame(() => setTimeout(begin));
  if (document.readyState === 'complete') seen(); else window.addEventListener('load', seen);
  const ready = () => loaded === true && line?.readyState === WebSocket.OPEN && held?.length && !away();

  const standing = () => {
    const name = document.querySelector('#root h1[data-form]')?.dataset.form;
    const parts = `.stForm:not([inert]) [class*="st-key-${name}"]`;
    return document.querySelector('#root [data-step]') && document.querySelector('#root .g-line')
      && !document.querySelector('[data-testid=stErrorElementStack], [data-testid=stSkeleton]')
      && (!name || (document.querySelector(`${parts} :is(input, textarea)`) && document.querySelector(`${parts} button`)));
  };

  // Loading the page again keeps what is chosen and not sent yet: `form.js` chooses it again.
  const again = () => {
    const form = document.querySelector(first() ? '#first .g-form' : '#root .g-form'), fields = form?.querySelector('fieldset');
    const chosen = fields && [...fields.querySelectorAll('input')].map(box => box.checked);
    history.replaceState({ ...history.state, chosen, question: fields?.dataset.name }, '');
    location.reload();
  };

  // A page that lacks a part is loaded again, which the server then draws; but only when it can be reached: the browser's own page
  // would have no numbers.
  let next = 0;
  const mend = async () => {
    if (now() < next) return;
    next = Infinity;
    const cut = new AbortController(), timer = setTimeout(() => cut.abort(), 15_000);
    try {
      const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store', signal: cut.signal });
      if (answer.ok && !standing()) again();
    } catch { /* the line is still cut */ } finally {
      clearTimeout(timer);
      next = now() + say;
    }
  };

  // While the next page takes the place of the first one, `first.js` waits for it and goes there without it: to load this page again
  // then would lose the answer that was sent.
  const pause = 500;
  const look = () => {
    if (held || 'going' in root.dataset) return;
    const whole = standing(), open = !away(), silent = open && (asking || running());
    if (now() - looked > 4 * pause) moved = now();  // a telephone that slept has not waited
    looked = now();
    calm = whole && open && !silent ? calm + 1 : 0;
    if (calm > 1) {
      moved = now();
      patience = soon;
      lost = 0;
    }
    root.toggleAttribute('data-line', now() - moved > say);
    if (silent && line && now() - Math.max(moved, made) > patience) {
      patience = Math.min(2 * patience, most);
      line.dispatchEvent(new CloseEvent('close'));
    }
    // A file that was lost leaves no doubt; one that does not come may be under way.
    if (!whole && open && !silent && (lost ? now() - lost > 1_000 : now() - moved > 2 * say)) mend();
  };
  setInterval(look, pause);
  const failed = event => { if (!event.target?.localName || event.target.src || event.target.href) lost ||= now(); };
  window.addEventListener('error', failed, true);
  window.addEventListener('vite:preloadError', failed);
  document.addEventListener('click', event => {
    if (!event.target.closest?.('[data-again]')) return;
    event.preventDefault();
    again();
  });
  window.guidance = { away, running, first, ready, release, standing, moved: () => moved, asking: () => asking, look: [] };
})();
