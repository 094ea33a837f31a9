import type { CardBrand, Facts, FieldType } from '@cloister/protocol';
import type { Editor } from './edit/line.js';
import type { Circumstances, Verdict } from './validate/verdict.js';

/** PCI DSS: sensitive authentication data and account data; and personal data of higher and lower harm. */
export type DataClass = 'sad' | 'pan' | 'pii-high' | 'pii-low';

/**
 * All that Cloister knows of a field type: data, and references to named pure rules. Content is what a text means to its
 * type: the digits of a number, or the text itself.
 */
export interface FieldDefinition {
  readonly type: FieldType;
  readonly dataClass: DataClass;
  /** Value of the `autocomplete` attribute (HTML §4.10.18.7.1). */
  readonly autocomplete: string;
  readonly inputMode: 'numeric' | 'text';
  /** Of the shown text, in UTF-16 code units: roomy, so that the browser never cuts a paste before it is read. */
  readonly maxLength: number;
  /** Digits stay left-to-right in a right-to-left page. */
  readonly direction: 'ltr' | 'auto';
  readonly read: (text: string) => string;
  readonly edit: Editor;
  readonly judge: (content: string, circumstances: Circumstances) => Verdict;
  /** The one form of a valid content that is stored. Reading a canonical form gives the same content again. */
  readonly canonical: (content: string) => string;
  /** A canonical value for people to read. */
  readonly display: (canonical: string) => string;
  /**
   * Set where a verdict on unfinished content would tell something about it: then the page's asking settles nothing, only
   * the shopper does (A29).
   */
  readonly onlyShopperSettles?: true;
  /** What the brand of this content is, for types that have one. */
  readonly brandOf?: (content: string) => CardBrand | undefined;
  /** Every fact that a configuration may disclose of a valid canonical value. */
  readonly facts?: (canonical: string) => Facts;
  /** The last characters that the redaction `last4` leaves readable. */
  readonly tail?: (canonical: string) => string;
}
