import { decode, diagnose, type Diagnosis } from '@cloister/protocol';
import type { FrameConfig } from './frame-config.js';
import { listen } from './listen.js';
import { surroundings } from './self-check.js';

/**
 * Runs the one document that anybody may embed. A browser hides from a page why a frame stayed empty; this document tells
 * the page that asks whether `hosts` lists it (and all that embed it), and nothing about anybody else.
 */
export function startDiagnosis(config: FrameConfig): () => void {
  return listen(window, 'message', (event) => {
    if (event.source !== window.parent || event.origin === 'null' || !decode(diagnose, event.data).ok) return;
    const origins = [event.origin, ...surroundings().ancestors];
    const listed = origins.every((origin) => config.hosts.includes(origin));
    const answer: Diagnosis = { cloister: 'diagnosis', host: listed ? 'listed' : 'unlisted' };
    window.parent.postMessage(answer, event.origin);
  });
}
