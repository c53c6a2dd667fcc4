/** What the server says when it does not do what was asked, after RFC 9457. */
export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly action: string;
  /** For `refused`: the name of the refusal, for example `PLAN_CHANGED`. */
  readonly refusal: string;
};

/** Thrown for every answer that is not a success, and for no answer at all. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail === '' ? problem.title : problem.detail);
    this.name = 'Refusal';
    this.problem = problem;
  }
}

/** The server did not answer. */
export function unreached(): Refusal {
  return new Refusal({
    status: 0,
    code: 'unreached',
    title: 'Kestrel Cloud does not answer.',
    detail: '',
    action: 'Check your connection. What you see may be old.',
    refusal: '',
  });
}

/** Reads a problem document; an answer without one is told by its status. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const body: unknown = await response.json().catch(() => ({}));
  const read = (member: string): string => {
    const value: unknown = (body as Record<string, unknown>)[member];
    return typeof value === 'string' ? value : '';
  };
  return new Refusal({
    status: response.status,
    code: read('code') || `http_${response.status}`,
    title: read('title') || `The server answered ${response.status}.`,
    detail: read('detail'),
    action: read('action'),
    refusal: read('refusal'),
  });
}

/** What went wrong, whatever was thrown. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Refusal) return thrown.problem;
  const title = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    status: 0,
    code: 'internal',
    title,
    detail: '',
    action: 'Reload the page.',
    refusal: '',
  };
}
