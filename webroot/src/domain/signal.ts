/** Names a Kubernetes object within its cluster; `namespace` is empty for cluster-scoped ones. */
export type ResourceRef = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
};

/** `Kind/namespace/name`, or `Kind/name` where there is no namespace. Also the key of a resource. */
export function refText(ref: ResourceRef): string {
  return ref.namespace === ''
    ? `${ref.kind}/${ref.name}`
    : `${ref.kind}/${ref.namespace}/${ref.name}`;
}

/** Reads what {@link refText} writes; undefined for anything else. */
export function parseRef(text: string): ResourceRef | undefined {
  const [kind, second, third, ...more] = text.split('/');
  if (kind === undefined || kind === '' || second === undefined || more.length > 0)
    return undefined;
  return third === undefined
    ? { kind, namespace: '', name: second }
    : { kind, namespace: second, name: third };
}
