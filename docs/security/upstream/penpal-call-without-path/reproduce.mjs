// npm i penpal@7.0.6; node reproduce.mjs
import { connect, PortMessenger } from 'penpal';

let unhandled = 'nothing';
// In a page this is an `unhandledrejection`; in Node, without a listener, it is the end of the process.
process.on('unhandledRejection', (error) => (unhandled = `${error.name}: ${error.message}`));

await receive('without a log', undefined);
await receive('with a log', () => undefined);

async function receive(title, log) {
  const { port1, port2 } = new MessageChannel();
  const exposing = connect({ messenger: new PortMessenger({ port: port1 }), methods: { save: () => 'saved' }, log });
  const remote = await connect({ messenger: new PortMessenger({ port: port2 }) }).promise;
  const answered = new Promise((resolve) => {
    port2.addEventListener('message', ({ data }) => data.callId === 'x' && resolve(data.value.message));
    setTimeout(resolve, 1000, 'nothing');
  });
  unhandled = 'nothing';
  // What a hostile peer sends: a call that does not say which method it means.
  port2.postMessage({ namespace: 'penpal', type: 'CALL', id: 'x', args: [] });
  console.log(`${title}, it is answered: ${await answered}`);
  console.log(`${title}, nobody handles: ${unhandled}`);
  console.log(`${title}, the next call: ${await remote.save()}`);
  exposing.destroy();
}
