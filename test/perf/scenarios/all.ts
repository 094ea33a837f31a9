import type { Scenario } from '../scenario.js';
import { host } from './host.js';
import { navigation } from './navigation.js';
import { ready } from './ready.js';

export const SCENARIOS: readonly Scenario[] = [ready, navigation, host];
