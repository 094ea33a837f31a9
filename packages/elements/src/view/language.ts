/** Sets the language and direction that the page's words are in (HTML §3.2.6). */
export function setLanguage(words: { readonly locale?: string; readonly direction?: 'ltr' | 'rtl' }): void {
  if (words.locale !== undefined) document.documentElement.lang = words.locale;
  if (words.direction !== undefined) document.documentElement.dir = words.direction;
}
