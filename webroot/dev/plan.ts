import type { Plan } from '../src/domain/remediation';
import { cause, digest, ref } from './parts';

/** A fix of a workload or service, with members that all of them have alike. */
export function plan(
  [template, title, explanation]: readonly [string, string, string],
  target: string,
  risk: number,
  fields: Record<string, unknown>,
  diff: Plan['diff'],
  [mechanism, clears]: readonly [string, string],
): Plan {
  const { kind, namespace, name } = ref(target);
  const head = {
    apiVersion: kind === 'Service' ? 'v1' : 'apps/v1',
    kind,
    metadata: { name, namespace },
  };
  const manifest = (seed: string) => ({
    target: ref(target),
    apiVersion: head.apiVersion,
    fields: { ...head, ...fields },
    digest: digest(seed + title),
    expectedUid: '9b1f0d67-1a7e-4f43-8f1f-2f9d3f5f1c10',
    expectedValues: Object.fromEntries(diff.map(field => [field.path, field.before])),
    takeOver: [],
  });
  return {
    template,
    title,
    explanation,
    risk,
    diff,
    cause: cause(mechanism, target),
    manifest: manifest('do'),
    undo: manifest('undo'),
    simulated: [`Rolls ${name} once; at most one pod less than wanted while it does.`],
    postConditions: [
      { clears: { type: clears, about: ref(target) }, within: 'PT5M', quiet: 'PT0S' },
    ],
  };
}
