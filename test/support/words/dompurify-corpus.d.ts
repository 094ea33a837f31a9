/** The fixtures that DOMPurify's own tests run; nothing about their shape is taken on trust. */
declare module 'dompurify-corpus/test/fixtures/expect.js' {
  const fixtures: unknown;
  export default fixtures;
}
