import type { Scenario } from '../scenario.js';
import { host } from './host.js';
import { keys } from './keys.js';
import { leak } from './leak.js';
import { MEMORIES } from './memory.js';
import { navigation } from './navigation.js';
import { ready } from './ready.js';
import { requests } from './requests.js';
import { revealFew, revealMany } from './reveal.js';
import { SCALES } from './scale.js';
import { submit } from './submit.js';
import { traces } from './trace.js';
import { weight } from './weight.js';

/** In the order in which a run takes them. */
export const SCENARIOS: readonly Scenario[] = [
  requests,
  weight,
  ready,
  navigation,
  host,
  submit,
  keys,
  revealFew,
  revealMany,
  ...SCALES,
  ...MEMORIES,
  leak,
  traces,
];
