// A dialog over the page: it keeps the focus while it is open and gives it back to where it was.

export function modal(dialog: HTMLDialogElement): { destroy(): void } {
  const before = document.activeElement;
  dialog.showModal();
  const click = (event: MouseEvent) => {
    // On the backdrop the dialog itself is hit, outside of its box. What somebody has typed is not lost by a click beside it.
    if (event.target !== dialog || dialog.querySelector("form:not([method=dialog])")) return;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (!inside) dialog.close();
  };
  dialog.addEventListener("click", click);
  return {
    destroy() {
      dialog.removeEventListener("click", click);
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
  };
}
