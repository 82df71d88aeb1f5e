import { type RemoteBaseControl } from './base-control.js';
import { type BaseSettings } from './create-base.js';

/** Controls a simulator that runs in another process. `controlUrl` is what that process said when it was ready. */
export function connectDilovodControl(controlUrl: string) {
  return {
    async createBase(settings: BaseSettings): Promise<RemoteBaseControl> {
      await post(`${controlUrl}/bases`, settings);
      return remoteBase(controlUrl, settings.name);
    },
    base: (name: string) => remoteBase(controlUrl, name),
  };
}

function remoteBase(controlUrl: string, name: string): RemoteBaseControl {
  const act = (verb: string) => (given: unknown = {}) => post(`${controlUrl}/bases/${encodeURIComponent(name)}/${verb}`, given);
  // A promise asks what it resolves to for `then`: no verb is called that.
  const get = (_target: object, verb: string | symbol) => (typeof verb === 'symbol' || verb === 'then' ? undefined : act(verb));
  return new Proxy({}, { get }) as RemoteBaseControl;
}

async function post(url: string, given: unknown): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(given) });
  const { result, error } = (await response.json()) as { result?: unknown; error?: string };
  if (error !== undefined) throw new Error(error);
  return result;
}
