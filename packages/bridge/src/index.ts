export { createCloister, type Cloister } from './cloister.js';
export { formMarkup, type FormMarkupOptions } from './frame/form-markup.js';
export type { CloisterOptions } from './options.js';
export type { SessionCallback, SessionNeed } from './coordinator/session.js';
export type { ListenOptions, On } from './events/channels.js';
export type { Target } from './target.js';
export type {
  CollectField,
  CollectForm,
  CollectOptions,
  FieldEvents,
  FieldMessages,
  FieldMountOptions,
  FieldSignal,
  FieldTexts,
  FieldUpdate,
  FormEvents,
  FormMountOptions,
  FormState,
  FormUpdate,
} from './collect/collect-api.js';
export type {
  RevealOptions,
  RevealValue,
  RevealView,
  ValueEvents,
  ValueMountOptions,
  ValueOptions,
  ValueState,
  ViewEvents,
  ViewMountOptions,
} from './reveal/reveal-api.js';
export {
  CloisterError,
  type Appearance,
  type CardBrand,
  type Collected,
  type ErrorCode,
  type Facts,
  type FieldErrorCode,
  type FieldState,
  type FieldStatus,
  type RevealTexts,
} from '@cloister/protocol';
