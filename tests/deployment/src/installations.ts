import type { Manifest } from './manifest.js';
import { render, renderOverlay } from './render.js';

/** Every way to install that is tested: what an overlay of the repository makes, and a fleet with every component there is. */
export const installations: Readonly<Record<string, readonly Manifest[]>> = {
  local: render('k8s/overlays/local'),
  production: render('k8s/overlays/production'),
  'production with its own Postgres and a dedicated pool': renderOverlay({
    resources: ['k8s/overlays/production', 'k8s/components/dedicated-pool'],
    components: ['k8s/components/postgres'],
  }),
};
