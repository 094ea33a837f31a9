// npm i penpal@7.0.6; node reproduce.mjs
import { connect, PortMessenger } from 'penpal';

class Api {
  ping = () => 'pong';

  internal() {
    return 'the result of a method that was never exposed';
  }
}

const { port1, port2 } = new MessageChannel();
const exposing = connect({ messenger: new PortMessenger({ port: port1 }), methods: new Api() });
const remote = await connect({ messenger: new PortMessenger({ port: port2 }) }).promise;
await exposing.promise;

const attempt = (call) =>
  call().then(
    (value) => `returned ${String(value)}`,
    (error) => `refused: ${error.code}`,
  );
console.log(`ping:            ${await attempt(() => remote.ping())}`);
console.log(`absent:          ${await attempt(() => remote.absent())}`);
console.log(`internal:        ${await attempt(() => remote.internal())}`);
console.log(`toString:        ${await attempt(() => remote.toString())}`);
console.log(`constructor:     ${await attempt(() => remote.__proto__.__proto__.constructor('made by Object'))}`);
exposing.destroy();
