/**
 * `node relay.mjs <port> <host>`: passes connections to that port of our loopback on to the same port of the host. The loopback is a gateway's: when the
 * gateway's container is started anew it has another one, nobody answers here on its port, and we end so as to be started beside it again.
 */
import { connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';

const [port, host] = process.argv.slice(2);
const gatewayPort = 8080;
const aloneForMs = 15_000;

const server = createServer((near) => {
  const far = connect(Number(port), host);
  const broken = () => undefined; // either end may hang up; the pipeline closes the other
  pipeline(near, far, near, broken);
});
server.listen(Number(port), '127.0.0.1');

let answeredAt = Date.now();
setInterval(() => {
  const look = connect(gatewayPort, '127.0.0.1');
  look.once('connect', () => {
    answeredAt = Date.now();
    look.destroy();
  });
  look.once('error', () => {
    if (Date.now() - answeredAt > aloneForMs) process.exit(1);
  });
}, 1_000);

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));
