import DOMPurify, { type Config } from 'dompurify';
import { SANITISER, type Sanitise } from '../view/sanitiser.js';

/** Inline emphasis only: no attributes, hence no links, images, styles, ids or handlers (A38, A39, A40, A46). */
const RULES: Config = {
  ALLOWED_TAGS: ['b', 'i', 'em', 'strong', 'br', 'span'],
  ALLOWED_ATTR: [],
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  SANITIZE_NAMED_PROPS: true,
};

const sanitise: Sanitise = (markup, policy) =>
  // DOMPurify's type for a policy is the DOM's own, which our structural one satisfies where the browser has it.
  DOMPurify.sanitize(markup, {
    ...RULES,
    RETURN_DOM_FRAGMENT: true,
    TRUSTED_TYPES_POLICY: policy as unknown as NonNullable<Config['TRUSTED_TYPES_POLICY']>,
  });

if (DOMPurify.isSupported) Reflect.set(globalThis, SANITISER, sanitise);
