import { listen } from '../connection/listen.js';

/** Milliseconds after which a copied value is taken back. */
const KEPT = 30_000;

let forget = (): void => undefined;

/**
 * Puts a text on the clipboard, as plain text, and takes it back after a while.
 *
 * Nobody but us may have copied since: a frame cannot read the clipboard, so once the viewer has left the frame it may
 * hold something of theirs, and stays as it is. Browsers refuse the writing then anyway (Clipboard API §8.2).
 */
export async function copyOut(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  forget();
  const timer = setTimeout(() => {
    forget();
    void navigator.clipboard.writeText('').catch(() => undefined);
  }, KEPT);
  const stop = listen(window, 'blur', () => {
    forget();
  });
  forget = () => {
    clearTimeout(timer);
    stop();
  };
}
