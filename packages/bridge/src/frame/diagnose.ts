import { decode, diagnosis, type Diagnosis } from '@cloister/protocol';
import { deferred } from '../deferred.js';
import { after, listen } from '../listen.js';
import { createFrame } from './create-frame.js';
import type { Inbox } from './inbox.js';

/** What the elements origin says about this page, or that it said nothing. */
export type Finding = Diagnosis['host'] | 'silent';

/** How long the diagnosis document may take after it has loaded, in milliseconds. */
const PATIENCE = 2000;

/** A question under way. */
export interface Diagnosing {
  readonly finding: Promise<Finding>;
  /** Takes the frame out of the page; the finding is `silent`. */
  stop(): void;
}

/**
 * Asks the one document that anybody may embed whether this page is on the list. Needed because a browser does not tell a
 * page that `frame-ancestors` kept a frame from it: the frame is just silent.
 */
export function diagnose(elements: string, inbox: Inbox): Diagnosing {
  const iframe = createFrame(`${elements}/diagnose.html`, { title: '', hidden: true });
  const { promise: finding, resolve } = deferred<Finding>();
  const finish = (found: Finding): void => {
    for (const teardown of teardowns) teardown();
    iframe.remove();
    resolve(found);
  };
  const stop = (): void => {
    finish('silent');
  };
  const teardowns = [
    listen<Event>(iframe, 'load', () => {
      iframe.contentWindow?.postMessage({ cloister: 'diagnose' }, elements);
      teardowns.push(after(PATIENCE, stop));
    }),
    inbox.watch(iframe, (data) => {
      const answer = decode(diagnosis, data);
      if (answer.ok) finish(answer.value.host);
    }),
    after(2 * PATIENCE, stop),
  ];
  document.body.append(iframe);
  return { finding, stop };
}
