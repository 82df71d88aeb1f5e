import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const path = (...parts) => join(root, ...parts);

/** Where things are. `node` is the Node.js that the lock file names, there once the workspace is installed. */
export const workspace = {
  root,
  path,
  node: path('node_modules', '.bin', 'node'),
  nx: path('node_modules', '.bin', 'nx'),
  /** Our own marks, locks and caches; never committed. */
  stateDir: path('.kds'),
};

/** The environment for package manager and build tools: no background process, nothing sent anywhere, and nothing outside the workspace needed. */
export function toolEnvironment() {
  return {
    ...process.env,
    ...writableHome(),
    PATH: [path('node_modules', '.bin'), process.env.PATH].join(delimiter),
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_NO_CLOUD: 'true',
    NX_CACHE_DIRECTORY: path('.nx', 'cache'),
    NX_WORKSPACE_DATA_DIRECTORY: path('.nx', 'workspace-data'),
    NODE_ENV: undefined, // `production` would leave out the tools that build
  };
}

/** Another home where the real one cannot be written; the user's npm settings (registry, certificates) still count. */
function writableHome() {
  const home = homedir();
  if (isWritable(home)) return {};
  const own = path('.kds', 'home');
  mkdirSync(own, { recursive: true });
  const settings = join(home, '.npmrc');
  const elsewhere = { HOME: own, XDG_CACHE_HOME: undefined, XDG_CONFIG_HOME: undefined, XDG_DATA_HOME: undefined, XDG_STATE_HOME: undefined, npm_config_cache: join(own, '.npm') };
  return existsSync(settings) ? { ...elsewhere, npm_config_userconfig: process.env.npm_config_userconfig ?? settings } : elsewhere;
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
