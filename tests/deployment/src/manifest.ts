/** An object as it stands in a rendered manifest: what every kind has, and the rest as it comes. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  readonly spec?: Record<string, unknown>;
}

export type Labels = Readonly<Record<string, string>>;

export interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly ports?: readonly { readonly name: string }[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { readonly preStop?: { readonly sleep: { readonly seconds: number } } };
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
}

export interface PodTemplate {
  readonly metadata: { readonly labels: Labels };
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly automountServiceAccountToken?: boolean;
    readonly terminationGracePeriodSeconds?: number;
    readonly securityContext: object;
    readonly topologySpreadConstraints?: readonly { readonly topologyKey: string; readonly labelSelector: { readonly matchLabels: Labels } }[];
    readonly containers: readonly Container[];
    readonly volumes?: readonly object[];
  };
}

/** A Deployment or a Job. */
export interface Workload extends Manifest {
  readonly spec: {
    readonly replicas?: number;
    readonly selector?: { readonly matchLabels: Labels };
    readonly strategy?: object;
    readonly template: PodTemplate;
  };
}

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

export interface Role extends Manifest {
  readonly rules: readonly Rule[];
}

/** The manifests of one kind, typed by the caller, who knows the kind. */
export function ofKind<Kind extends Manifest = Manifest>(manifests: readonly Manifest[], ...kinds: readonly string[]): readonly Kind[] {
  return manifests.filter((manifest): manifest is Kind => kinds.includes(manifest.kind));
}

export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}

/** Whether a selector takes a pod that carries these labels. */
export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
