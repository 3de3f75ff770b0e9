// The form of a question. Where an answer leads, and whether it is one, knows the server: the answer is sent as an address, which
// Streamlit takes from the browser's own. Of the page with the question, the browser's history keeps what was chosen.
(() => {
  const { first, look } = window.guidance;
  const form = () => document.querySelector(first() ? '#first .g-form' : '#root .g-form');
  const boxes = form => [...form.querySelectorAll('fieldset input')];
  const question = form => form?.querySelector('fieldset').dataset.name;
  const state = more => ({ ...history.state, ...more });
  const chosen = form => boxes(form).map(box => box.checked);

  // The same address as the browser itself would send; but Streamlit takes away names that a form of HTML has itself.
  const sent = form => {
    const name = question(form), query = new URLSearchParams();
    for (const box of boxes(form)) if (box.checked) query.append(name, box.value);
    for (const field of form.querySelectorAll('[type=hidden]')) query.append(field.dataset.name, field.value);
    return new URL(`?${query}`, location.href).href;
  };

  let drawn = null, known = null;  // the form that stands there, and what was chosen on it and not sent yet

  // Until the answer is there, its address stands in the place of the question's; twice the same is as good as once.
  const send = form => {
    const from = history.state?.from ?? location.href;
    known = null;
    history.replaceState(state({ from, question: question(form), chosen: chosen(form) }), '', sent(form));
  };
  // The page that an answer led to is a new entry of the history. What was no answer leaves it as it was.
  const arrive = shown => {
    const { from, ...kept } = history.state ?? {};
    if (from) {
      history.replaceState(kept, '', from);
      if (shown.dataset.at) history.pushState({}, '', shown.dataset.at);
    }
    history.replaceState(state({ question: question(form()) }), '');
  };
  const submit = event => {
    for (const field of event.target.querySelectorAll('[data-name]')) field.name = field.dataset.name;  // a form that the browser sends
    if (first() || !event.target.matches('.g-form')) return;
    try { send(event.target); } catch { return; }  // a browser may refuse after many of these; then it sends the form itself
    event.preventDefault();
    window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  };

  // Back to a question finds it as the link "Back" on the page does: with all answers as they are now, and this one chosen.
  // To a page that the server drew the browser itself leads; but not where both are entries of one document, as after loading anew.
  const loaded = location.search;
  const back = event => {
    if (event.isTrusted && first() && location.search !== loaded) return location.reload();
    const asked = event.isTrusted && !first() && history.state?.question;
    const journey = document.querySelector('#root [data-journey]')?.dataset.journey;
    if (asked && journey && new URLSearchParams(journey).has(asked))
      history.replaceState(history.state, '', `${journey}&change=${encodeURIComponent(asked)}`);
  };

  // What is chosen and not sent yet stands only in the browser: it is chosen again when the question is drawn anew, in another
  // language or after a line that broke. Options have the same order in all languages.
  const remember = event => {
    const here = event.target.closest?.('.g-form');
    if (!here || !event.target.closest('fieldset')) return;
    if (event.target.checked && event.target.type === 'checkbox')
      for (const box of boxes(here)) if (box !== event.target && ('alone' in { ...box.dataset, ...event.target.dataset })) box.checked = false;
    known = { question: question(here), chosen: chosen(here) };
    if (first()) history.replaceState(state({ question: known.question, chosen: known.chosen }), '');
  };
  const restore = () => {
    const here = form();
    if (here === drawn) return;
    drawn = here;
    if (!here && !document.querySelector('#root [data-step]')) return;  // the page was taken away
    if (!here || known?.question !== question(here)) known = null;
    else for (const [at, box] of boxes(here).entries()) box.checked = known.chosen[at] ?? box.checked;
  };

  // A long list shows the rows that have all the words, in whatever language they are named. What is chosen stays in sight, and so do
  // the answers that are no rows, such as "I don't know".
  const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const filter = event => {
    const box = event.target.closest?.('.g-filter');
    if (!box) return;
    const words = plain(event.target.value).split(/\s+/), here = box.closest('form');
    let found = 0;
    for (const row of here.querySelectorAll('.g-option')) {
      const text = plain(`${row.textContent} ${row.dataset.also ?? ''}`), fits = words.every(word => text.includes(word));
      row.hidden = !fits && !('stays' in row.dataset) && !row.querySelector(':checked');
      found += fits && !('stays' in row.dataset);
    }
    for (const group of here.querySelectorAll('.g-group')) group.hidden = !group.querySelector('.g-option:not([hidden])');
    const said = box.querySelector('[data-found]');
    said.textContent = words.join('') ? said.dataset.found.replace('#', found) : '';
  };
  const enter = event => { if (event.key === 'Enter' && event.target.closest?.('.g-filter')) event.preventDefault(); };

  // A page that the browser loads again, by Back or after a line that was cut, has what was chosen on it.
  const opened = form();
  if (opened && history.state?.question === question(opened) && history.state.chosen && !opened.querySelector('.g-wrong')) {
    for (const [at, box] of boxes(opened).entries()) box.checked = history.state.chosen[at] ?? box.checked;
    known = { question: question(opened), chosen: chosen(opened) };
  }
  document.addEventListener('change', remember);
  document.addEventListener('submit', submit);
  document.addEventListener('input', filter);
  document.addEventListener('keydown', enter, true);
  // The link in an error leads to the answers, without a new address.
  document.addEventListener('click', event => {
    if (!event.target.closest?.('.g-error a')) return;
    event.preventDefault();
    form().querySelector('fieldset input').focus();
  });
  window.addEventListener('popstate', back);  // before Streamlit's
  look.push(restore);
  new MutationObserver(restore).observe(document.getElementById('root'), { childList: true, subtree: true });
  Object.assign(window.guidance, { send, sent, arrive });
})();
