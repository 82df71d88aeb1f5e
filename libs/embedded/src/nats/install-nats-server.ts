import { fetchDebianPrograms } from '../debian/fetch-debian-programs.js';

export const WHAT_TO_INSTALL = `This machine has no nats-server. One of these brings it:
  Debian, Ubuntu   sudo apt-get install nats-server
  macOS            brew install nats-server
  Docker           docker run --rm -p 127.0.0.1:4222:4222 nats:2.12 -js    then set NATS_URL=nats://127.0.0.1:4222
  anything else    put the program anywhere and set KDS_NATS_SERVER to its path`;

interface Installation {
  /** Where to put the program: the first of these that can be written. */
  readonly folders: readonly string[];
  readonly log: (line: string) => void;
}

/** Fetches the distribution's own nats-server. Returns the program's path; rejects with {@link WHAT_TO_INSTALL} where it cannot be had. */
export async function installNatsServer(installation: Installation): Promise<string> {
  try {
    const [program = ''] = await fetchDebianPrograms({ name: 'nats-server', programs: ['usr/sbin/nats-server'] }, installation);
    return program;
  } catch (cause) {
    throw new Error(`${WHAT_TO_INSTALL}\n(An attempt to fetch the package failed: ${(cause as Error).message.trim()})`, { cause });
  }
}
