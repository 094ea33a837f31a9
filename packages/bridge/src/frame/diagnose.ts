import { decode, diagnosis, type Diagnosis } from '@cloister/protocol';
import { after, listen } from '../listen.js';
import { createFrame } from './create-frame.js';
import type { Inbox } from './inbox.js';

/** What the elements origin says about this page, or that it said nothing. */
export type Finding = Diagnosis['host'] | 'silent';

/** How long the diagnosis document may take after it has loaded, in milliseconds. */
const PATIENCE = 2000;

/**
 * Asks the one document that anybody may embed whether this page is on the list. Needed because a browser does not tell a
 * page that `frame-ancestors` kept a frame from it: the frame is just silent.
 */
export function diagnose(elements: string, inbox: Inbox): Promise<Finding> {
  const iframe = createFrame(`${elements}/diagnose.html`, { title: '', hidden: true });
  return new Promise((resolve) => {
    const finish = (finding: Finding): void => {
      for (const teardown of teardowns) teardown();
      iframe.remove();
      resolve(finding);
    };
    const teardowns = [
      listen<Event>(iframe, 'load', () => {
        iframe.contentWindow?.postMessage({ cloister: 'diagnose' }, elements);
        teardowns.push(
          after(PATIENCE, () => {
            finish('silent');
          }),
        );
      }),
      inbox.watch(iframe, (data) => {
        const answer = decode(diagnosis, data);
        if (answer.ok) finish(answer.value.host);
      }),
      after(2 * PATIENCE, () => {
        finish('silent');
      }),
    ];
    document.body.append(iframe);
  });
}
