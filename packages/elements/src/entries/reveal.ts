import { startReveal } from '../reveal/start-reveal.js';

startReveal(__CLOISTER_CONFIG__);
