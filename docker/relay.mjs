/** `node relay.mjs <port> <host>`: passes connections to that port of our loopback on to the same port of the host. */
import { connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';

const [port, host] = process.argv.slice(2);
const server = createServer((near) => {
  const far = connect(Number(port), host);
  const broken = () => undefined; // either end may hang up; the pipeline closes the other
  pipeline(near, far, near, broken);
});
server.listen(Number(port), '127.0.0.1');

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));
