/**
 * A sensitive text. Cloned by `postMessage`, serialised to JSON, concatenated or logged by mistake, it arrives empty: the
 * text lives in a `#private` field that structured clone (HTML §2.7) and `JSON.stringify` cannot see.
 *
 * Security: `expose` is the only way out; search for its callers to audit where values go.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. Every caller is a place that may leak it. */
  expose(): string {
    return this.#text;
  }

  toString(): string {
    return '';
  }

  toJSON(): string {
    return '';
  }
}
