// The page that the server drew works by itself: its links and forms lead to the next page. Once Streamlit is ready behind it, that
// next page is Streamlit's: it draws it unseen, and takes the place when it is whole. Nothing changes under the reader's hands.
(() => {
  const { first, ready, release, standing, running, asking, moved, send, sent } = window.guidance;
  const root = document.documentElement, now = () => performance.now();
  const PATIENCE = 3_000;  // ms without a word from the server until the browser goes there itself
  const CALM = 400;  // ms without any work until a page is taken for drawn that cannot be told from the one before
  if (!first()) return;

  const step = () => {
    const page = document.querySelector('#root [data-step]');
    return page && `${page.lang} ${page.dataset.step} ${page.dataset.refused}`;
  };
  const until = (done, patience = PATIENCE) => new Promise((found, fail) => {
    const began = now();
    const look = () => {
      if (done()) found();
      else if (now() - Math.max(began, moved()) > patience) fail(new Error('no answer'));
      else setTimeout(look, 15);
    };
    look();
  });

  const reveal = () => {
    first().remove();
    document.getElementById('root').inert = false;
    for (const box of [document.querySelector('[data-testid=stMain]'), window]) box?.scrollTo(0, 0);
    delete root.dataset.going;
    for (const look of window.guidance.look) look();
  };

  // Streamlit draws this page first, since it knows no other way to begin, and then the next one.
  const drawn = () => standing() && !running() && !asking();
  const follow = async go => {
    await until(drawn);
    const before = step();
    go();
    window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    let since = now();
    await until(() => {
      if (!drawn()) since = now();
      return drawn() && (step() !== before || now() - since > CALM);
    });
    reveal();
  };
  // `go` makes the next page's address that of the browser; where nothing comes, the browser goes there by itself.
  const takeOver = async (address, go) => {
    const here = location.href;
    root.dataset.going = '';
    release();
    try {
      await follow(go);
    } catch {
      if (history.state?.from) history.replaceState({ ...history.state, from: undefined }, '', history.state.from);
      if (location.href === here) location.assign(address); else location.reload();
    }
  };

  // What loads for later must not keep the next page waiting.
  const byItself = () => { window.guidance.pause(); window.stop(); };

  const click = event => {
    const link = event.target.closest?.('#first a[href]');
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname || link.hash || link.target || 'download' in link.dataset) return;
    if (!('soft' in link.dataset) || !ready()) return byItself();
    event.preventDefault();
    takeOver(link.href, () => history[link.href === location.href ? 'replaceState' : 'pushState']({}, '', link.href));
  };

  const submit = event => {
    if (!ready() || !event.target.matches('.g-form')) return byItself();
    event.preventDefault();
    takeOver(sent(event.target), () => send(event.target));
  };
  // A page whose form only Streamlit can draw is in nobody's hands yet.
  const alone = () => {
    if (!ready()) return void setTimeout(alone, 50);
    release();
    until(drawn, Infinity).then(reveal);
  };
  if ('alone' in first().dataset) alone();

  // Back may bring the page as it was left, on its way to the next one.
  window.addEventListener('pageshow', event => { if (event.persisted) delete root.dataset.going; });
  document.addEventListener('click', click);
  document.addEventListener('submit', submit);
})();
