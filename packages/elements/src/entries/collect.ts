import { startCollect } from '../collect/start-collect.js';

startCollect(__CLOISTER_CONFIG__, () => Date.now());
