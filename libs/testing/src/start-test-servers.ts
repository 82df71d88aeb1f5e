import type { TestServers } from './test-servers.js';
import { startDockerServers } from './docker-servers.js';
import { dockerAnswers } from './docker-engine.js';
import { startEmbeddedServers } from './embedded-servers.js';

/**
 * Starts the servers of one suite: containers where a Docker engine answers and has or gets the images, else servers that run as our own
 * children. `KDS_TEST_SERVERS` set to `docker` or `embedded` allows that one alone.
 */
export async function startTestServers(): Promise<TestServers> {
  const wanted = process.env['KDS_TEST_SERVERS'] ?? '';
  switch (wanted) {
    case 'docker':
      return startDockerServers();
    case 'embedded':
      return startEmbeddedServers();
    case '':
      return (await dockerAnswers()) ? startDockerServers().catch(withoutImages) : startEmbeddedServers();
    default:
      throw new Error(`KDS_TEST_SERVERS is "${wanted}"; it may be "docker" or "embedded", or be left out.`);
  }
}

async function withoutImages(error: Error): Promise<TestServers> {
  console.warn(`A Docker engine answers, but its containers did not start (${error.message}): using embedded servers. KDS_TEST_SERVERS=embedded saves the attempt.`);
  return startEmbeddedServers();
}
