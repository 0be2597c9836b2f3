// Asks the server. Every refusal becomes a Refusal that says what, where and what to do next.
import type { Envelope, Problem } from './types';

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.message);
  }
}

const KEY = 'wagetrail-key';

export function setKey(key: string): void {
  if (key) sessionStorage.setItem(KEY, key);
  else sessionStorage.removeItem(KEY);
}

function headers(more: Record<string, string>): Record<string, string> {
  const key = sessionStorage.getItem(KEY);
  return key ? { ...more, 'X-API-Key': key } : more;
}

async function refusal(response: Response): Promise<Refusal> {
  const text = await response.text();
  try {
    return new Refusal(response.status, JSON.parse(text) as Problem);
  } catch {
    return new Refusal(response.status, {
      code: 'no_answer',
      message: `the server answered with status ${response.status} and no words`,
      hint: 'look at its log',
      request_id: '',
    });
  }
}

export interface Asking {
  signal?: AbortSignal;
  accept?: string;
  /** How far a long question has come: transactions taken apart. */
  progress?: (transactions: number) => void;
}

async function send(method: string, path: string, body: unknown, asking: Asking): Promise<Response> {
  const sent: RequestInit = {
    method,
    headers: headers({
      Accept: asking.accept ?? 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    }),
  };
  if (body !== undefined) sent.body = JSON.stringify(body);
  if (asking.signal) sent.signal = asking.signal;
  let response: Response;
  try {
    response = await fetch(path, sent);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refusal(0, {
      code: 'no_connection',
      message: 'the server cannot be reached',
      hint: 'see whether wagetrail serve runs, then try again',
      request_id: '',
    });
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

interface Job {
  id: string;
  state: string;
  transactions: number;
  problem: Problem | null;
}

/** A question that was too large for one request is answered later; whoever leaves cancels it. */
async function later(job: Job, asking: Asking): Promise<Response> {
  const path = `/v1/jobs/${job.id}`;
  for (let now = job; ; ) {
    if (asking.signal?.aborted) {
      await send('DELETE', path, undefined, {});
      throw new DOMException('cancelled', 'AbortError');
    }
    if (now.state === 'done') return send('GET', `${path}/answer`, undefined, asking);
    if (now.state === 'failed' && now.problem) throw new Refusal(500, now.problem);
    if (now.state === 'cancelled') throw new DOMException('cancelled', 'AbortError');
    asking.progress?.(now.transactions);
    await pause(400);
    now = (await (await send('GET', path, undefined, {})).json()) as Job;
  }
}

async function answer(method: string, path: string, body: unknown, asking: Asking): Promise<Response> {
  const response = await send(method, path, body, asking);
  return response.status === 202 ? later((await response.json()) as Job, asking) : response;
}

export async function get<T>(path: string, asking: Asking = {}): Promise<T> {
  return (await (await answer('GET', path, undefined, asking)).json()) as T;
}

export async function post<T>(path: string, body: unknown, asking: Asking = {}): Promise<T> {
  return (await (await answer('POST', path, body, asking)).json()) as T;
}

export async function remove(path: string): Promise<void> {
  await send('DELETE', path, undefined, {});
}

/** The bytes of an answer, as they are. */
export async function bytes(path: string, body: unknown, asking: Asking = {}): Promise<Blob> {
  return (await answer('POST', path, body, asking)).blob();
}

export const ask = {
  get: <R>(path: string, asking?: Asking) => get<Envelope<R>>(path, asking),
  post: <R>(path: string, body: unknown, asking?: Asking) => post<Envelope<R>>(path, body, asking),
};

/** A path with its parts in the form that paths take. */
export function path(parts: TemplateStringsArray, ...values: string[]): string {
  return parts.reduce((text, part, i) => text + part + (i < values.length ? encodeURIComponent(values[i] ?? '') : ''), '');
}
