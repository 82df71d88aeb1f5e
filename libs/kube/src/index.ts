export { KubeApi, KubeApiError, type KubeRequest, type KubeWatch, type WatchEvent } from './kube-api.js';
export type { KubeObject } from './kube-object.js';
