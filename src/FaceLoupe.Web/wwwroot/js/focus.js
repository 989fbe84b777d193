// The keyboard's place: where what had it vanishes, it goes to where one goes on, and never to the body.

/** @param {() => HTMLElement} next Where one goes on. */
export function keepFocus(next) {
  let last = null;
  const isThere = element => element.isConnected && !element.disabled && element.checkVisibility();
  document.addEventListener("focusin", event => { last = event.target; });
  document.addEventListener("focusout", event => {
    // A click beside everything is the person's own wish.
    if (event.relatedTarget === null && isThere(event.target) && document.hasFocus()) {
      last = null;
    }
  });
  new MutationObserver(() => {
    const now = document.activeElement;
    if (last && !isThere(last) && (now === null || now === document.body || now === last)) {
      next().focus();
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "disabled"] });
}
