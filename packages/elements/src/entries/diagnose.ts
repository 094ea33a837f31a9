import { startDiagnosis } from '../connection/start-diagnosis.js';

startDiagnosis(__CLOISTER_CONFIG__);
