// Buttons that copy, send, print and save. A browser may refuse each, or do nothing: what is said is what happened, and where it
// did not, what does: the text marked in a field for the reader's own hand, or another browser. The sentences stand beside the
// buttons, see `said.html`.
(() => {
  const say = (said, outcome, byHand = '') => {
    said.parentElement.querySelector('.g-by-hand')?.remove();
    said.textContent = '';
    requestAnimationFrame(() => {  // else the same sentence is not read out a second time
      said.textContent = said.dataset[outcome];
      if (!byHand) return said.scrollIntoView({ block: 'nearest' });
      const field = Object.assign(document.createElement('textarea'), { value: byHand, readOnly: true, rows: 4, className: 'g-by-hand' });
      field.setAttribute('aria-label', said.dataset.field);
      said.after(field);
      field.focus({ preventScroll: true });
      field.select();
      said.scrollIntoView({ block: 'center' });
    });
  };

  // One more in a total, where results are counted: then they have a form for it, which says where.
  const tell = what => {
    const form = document.querySelector('.g-count');
    if (!form) return;
    const query = new URLSearchParams({ count: what });
    for (const field of form.querySelectorAll('[type=hidden]')) query.append(field.dataset.name, field.value);
    fetch(`${form.getAttribute('action')}?${query}`, { keepalive: true }).catch(() => {});
  };

  // Without a clipboard (an address without https), or where it refuses or never answers, the old way of copying may serve.
  const copied = async (text, button) => {
    const patience = () => new Promise((_, fail) => { setTimeout(fail, 2_000); });
    try { await Promise.race([navigator.clipboard.writeText(text), patience()]); return true; } catch {
      const box = document.body.appendChild(Object.assign(document.createElement('textarea'), { value: text, readOnly: true }));
      box.style.cssText = 'position:fixed;opacity:0';
      box.select();
      try { return document.execCommand('copy'); } catch { return false; } finally {
        box.remove();
        button.focus({ preventScroll: true });
      }
    }
  };
  const copy = async (text, button, said) => {
    if (!await copied(text, button)) return say(said, 'notCopied', text);
    tell('shared');
    say(said, 'copied');
  };

  // Who closes the sheet, or taps twice while it opens, sees that nothing was sent.
  const send = async (text, said) => {
    try { await navigator.share({ text }); tell('shared'); } catch (error) {
      if (!['AbortError', 'InvalidStateError'].includes(error.name)) say(said, 'notSent', text);
    }
  };

  // The browser within another app often has the function, and it does nothing: then it does not make the page ready either.
  const print = said => {
    let begun = false;
    window.addEventListener('beforeprint', () => { begun = true; }, { once: true });
    try { window.print(); } catch { return say(said, 'notPrinted'); }
    setTimeout(() => begun || say(said, 'notPrinted'), 1_000);
  };

  window.addEventListener('beforeprint', () => tell('printed'));

  // What is folded is printed open (`result.css`), but by a browser that cannot style what is in a fold. Answers stay in theirs.
  if (!CSS.supports('selector(::details-content)')) {
    window.addEventListener('beforeprint', () => {
      for (const fold of document.querySelectorAll('details:not(.g-why-result)')) fold.open = true;
    });
  }

  // A file made of what the page has: it needs no server, so that any of several servers will do. Whether a file was saved, no
  // browser tells a page.
  const save = (name, text, said) => {
    try {
      const href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
      Object.assign(document.createElement('a'), { href, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(href), 10_000);
      say(said, 'saved');
    } catch { say(said, 'saved', text); }
  };

  // What a button copies or sends: its own text, or the one that stands beside it to be read.
  const text = button => button.dataset.of
    ? button.closest('section').querySelector(`[data-message=${button.dataset.of}]`).textContent : button.dataset.copy;

  document.addEventListener('click', event => {
    const button = event.target.closest?.('[data-copy], [data-send], [data-print], [data-save], a[download]');
    const said = button?.closest('section, .g-records')?.querySelector('[data-copied]');
    if (!said) return;
    if (button.localName === 'a') return say(said, 'saved');
    event.preventDefault();
    if ('print' in button.dataset) print(said);
    else if ('save' in button.dataset) save(button.dataset.name, button.dataset.save, said);
    else if ('send' in button.dataset) send(text(button), said);
    else copy(text(button), button, said);
  });
  if (navigator.share) document.documentElement.classList.add('can-send');
})();
