// A dialog over the page: it keeps the focus while it is open and gives it back to where it was.

export function modal(dialog: HTMLDialogElement): { destroy(): void } {
  const before = document.activeElement;
  dialog.showModal();
  const click = (event: MouseEvent) => {
    // The dialog itself is hit only outside of its content: on the backdrop.
    if (event.target === dialog) dialog.close();
  };
  dialog.addEventListener("click", click);
  return {
    destroy() {
      dialog.removeEventListener("click", click);
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
  };
}
