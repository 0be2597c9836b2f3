// What is on the screen, as the question that the server draws it from. The same question gives the
// same picture, so it is also what a link, a case and a step of undo hold.
import type { Level } from './types';

export interface Opened {
  id: string;
  what: 'traced' | 'contacts';
  direction: 'in' | 'out';
  first: number;
}

export interface Question {
  ledger: string;
  from: string[];
  to: string[];
  around: string[];
  backward: boolean;
  policies: string[];
  show: Level;
  across: 'hops' | 'time';
  level: 'L0' | 'L1';
  as_of: string;
  known_at: string;
  min_value: string;
  max_hops: string;
  through_coinjoins: boolean;
  services: string;
  files: Record<string, string>;
  open: Opened[];
}

/** As many as can be read at once; whatever is left out can be opened. */
const NODES = 70;
const BESIDE_EACH = 6;

export const CONSERVING = ['fifo', 'lifo', 'haircut', 'tainted-first', 'libr'];
export const BACKWARD = ['fifo', 'lifo', 'haircut'];

export function blank(): Question {
  return {
    ledger: '',
    from: [],
    to: [],
    around: [],
    backward: false,
    policies: ['fifo', 'haircut'],
    show: 'entity',
    across: 'hops',
    level: 'L1',
    as_of: '',
    known_at: '',
    min_value: '',
    max_hops: '',
    through_coinjoins: false,
    services: '',
    files: {},
    open: [],
  };
}

export function isEmpty(question: Question): boolean {
  return question.from.length === 0 && question.around.length === 0;
}

/** The fields of a trace: what pictures, exports and reports are asked with. */
export function traceBody(question: Question): Record<string, unknown> {
  const body: Record<string, unknown> = { policies: question.policies, level: question.level };
  if (question.from.length) body.from = question.from;
  if (question.to.length) body.to = question.to;
  if (question.backward) body.backward = true;
  if (question.through_coinjoins) body.through_coinjoins = true;
  for (const name of ['ledger', 'as_of', 'known_at', 'min_value', 'services'] as const)
    if (question[name]) body[name] = question[name];
  if (question.max_hops) body.max_hops = Number(question.max_hops);
  if (Object.keys(question.files).length) body.files = question.files;
  return body;
}

export function pictureBody(question: Question): Record<string, unknown> {
  const body = traceBody(question);
  if (question.around.length) body.around = question.around;
  if (question.open.length) body.open = question.open;
  return { ...body, show: question.show, across: question.across, nodes: NODES, beside_each: BESIDE_EACH };
}

/** What the receiver of a link can check: that the answer stands on the same block and lists. */
export interface LinkPins {
  block: string;
  lists: string;
}

const TEXTS = ['ledger', 'as_of', 'known_at', 'min_value', 'max_hops', 'services'] as const;
const NAMES = ['from', 'to', 'around'] as const;

/** Files do not go into a link: a question with some is shared as a case. */
export function toLink(question: Question, pins?: LinkPins): string {
  const plain = blank();
  const link = new URLSearchParams();
  for (const name of NAMES) for (const value of question[name]) link.append(name, value);
  for (const name of TEXTS) if (question[name]) link.set(name, question[name]);
  if (question.policies.join() !== plain.policies.join()) link.set('policies', question.policies.join());
  if (question.show !== plain.show) link.set('show', question.show);
  if (question.across !== plain.across) link.set('across', question.across);
  if (question.level !== plain.level) link.set('level', question.level);
  if (question.backward) link.set('backward', '1');
  if (question.through_coinjoins) link.set('through_coinjoins', '1');
  for (const one of question.open) link.append('open', [one.what, one.direction, one.first, one.id].join(' '));
  if (pins) {
    link.set('block', pins.block);
    link.set('lists', pins.lists);
  }
  return `#/picture?${link}`;
}

function openedOf(text: string): Opened | null {
  const [what, direction, first, ...id] = text.split(' ');
  const number = Number(first);
  if ((what !== 'traced' && what !== 'contacts') || (direction !== 'in' && direction !== 'out')) return null;
  if (!Number.isInteger(number) || number < 1 || id.length === 0) return null;
  return { what, direction, first: number, id: id.join(' ') };
}

function oneOf<T extends string>(text: string | null, words: readonly T[], otherwise: T): T {
  return words.find((word) => word === text) ?? otherwise;
}

/** null: the link is of something else. */
export function fromLink(hash: string): { question: Question; pins: LinkPins | null } | null {
  if (!hash.startsWith('#/picture?')) return null;
  const link = new URLSearchParams(hash.slice('#/picture?'.length));
  const question = blank();
  for (const name of NAMES) question[name] = link.getAll(name);
  for (const name of TEXTS) question[name] = link.get(name) ?? '';
  const policies = (link.get('policies') ?? '').split(',').filter((word) => CONSERVING.includes(word));
  if (policies.length) question.policies = policies;
  question.show = oneOf(link.get('show'), ['entity', 'address', 'transaction'], 'entity');
  question.across = oneOf(link.get('across'), ['hops', 'time'], 'hops');
  question.level = oneOf(link.get('level'), ['L0', 'L1'], 'L1');
  question.backward = link.get('backward') === '1';
  question.through_coinjoins = link.get('through_coinjoins') === '1';
  question.open = link.getAll('open').flatMap((text) => openedOf(text) ?? []);
  const block = link.get('block');
  return { question, pins: block ? { block, lists: link.get('lists') ?? '' } : null };
}
