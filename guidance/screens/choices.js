// What is chosen on a question and not sent yet stands only in the browser. When Streamlit draws the form of the same question
// anew, empty - after a line that broke again and again, or in another language - it is chosen again. So it is when Streamlit takes
// over from the server with that question in another language.
(() => {
  const TRIES = 20;  // where a box cannot be set, there is an end
  const page = document.documentElement;
  const { away, first } = window.guidance;
  const step = () => page.dataset.step?.replace(/^\S+ /, '');  // without the language
  const inputs = () => [...document.querySelectorAll(`${first() ? '.g-form' : '.stForm:not([inert])'} :is([type=radio], [type=checkbox])`)];
  let chosen = null, restoring = false, timer;

  // Streamlit's controls change after the click; what they are then is what the reader sees. Until then nothing is known.
  const remember = event => {
    if (restoring || !event.target.closest?.('.stForm, .g-form')) return;
    chosen = null;
    clearTimeout(timer);  // of two quick keys, what stands between them is nobody's choice
    timer = setTimeout(() => {
      const boxes = inputs();
      chosen = { step: step(), drawn: page.dataset.step, boxes, all: boxes.map(box => box.checked), tries: 0 };
    });
  };
  const restore = () => {
    if (!chosen || first() || away()) return;
    if (chosen.step !== step()) return void (chosen = null);
    const boxes = inputs(), { all } = chosen;
    // In the same form and language, what stands there is what the reader chose.
    if (chosen.drawn === page.dataset.step && boxes.every((box, number) => box === chosen.boxes[number])) return;
    const lost = boxes.filter((box, number) => box.checked !== all[number] && (box.type !== 'radio' || all[number]));
    if (boxes.length !== all.length || !lost.length || chosen.tries++ > TRIES) return;
    restoring = true;  // what stands there before Streamlit has drawn it is not what the reader chose
    for (const box of lost) box.click();
    restoring = false;
  };

  for (const kind of ['click', 'change', 'keyup']) document.addEventListener(kind, remember, true);
  new MutationObserver(restore)
    .observe(document.getElementById('root'), { childList: true, subtree: true, attributeFilter: ['inert', 'data-selected', 'data-test-connection-state'] });
  window.guidance.look.push(restore);
})();
