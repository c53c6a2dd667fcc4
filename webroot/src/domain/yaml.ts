import { stringify } from 'yaml';

/** A manifest as people know it. */
export function yaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Canonical JSON as YAML, which is shorter to read; the text itself where it is no JSON. */
export function pretty(json: string): string {
  try {
    return yaml(JSON.parse(json)).trimEnd();
  } catch {
    return json;
  }
}
