// What the analyst works on: the question, the picture that the server drew of it, what is chosen
// and shown of it, and the case it is kept in.
import { ask, Refusal } from './api';
import { open as openFilters, type Filters } from './filters';
import { blank, fromLink, isEmpty, pictureBody, toLink, type LinkPins, type Opened, type Question } from './question';
import type { CaseHead, Envelope, Picture, Problem } from './types';

export interface Selection {
  kind: 'node' | 'edge';
  id: string;
}

/** What a case holds. Later versions of the explorer must still read it. */
export interface CaseContent {
  version: 1;
  question: Question;
  policy: string;
  notes: Record<string, string>;
  bookmarks: { name: string; question: Question }[];
  pins: LinkPins | null;
  text: string;
}

const STEPS_MAX = 200;

function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'page', message, hint: 'load the page again; if it stays, report it', request_id: '' };
}

export function pinsOf(envelope: Envelope<unknown>): LinkPins {
  return {
    block: envelope.as_of.map((pin) => pin.block_hash).join(','),
    lists: envelope.lists.map((list) => list.sha256.slice(0, 12)).join(','),
  };
}

export class Session {
  question = $state.raw<Question>(blank());
  answer = $state.raw<Envelope<Picture> | null>(null);
  loading = $state(false);
  progress = $state(0);
  problem = $state.raw<Problem | null>(null);
  selection = $state.raw<Selection | null>(null);
  filters = $state.raw<Filters>(openFilters());
  policyName = $state('');
  past = $state.raw<Question[]>([]);
  future = $state.raw<Question[]>([]);
  notes = $state.raw<Record<string, string>>({});
  bookmarks = $state.raw<CaseContent['bookmarks']>([]);
  text = $state('');
  kept = $state.raw<CaseHead | null>(null);
  /** Outputs ("txid:vout") of a way that is pointed out in the picture. */
  marked = $state.raw<Set<string>>(new Set());
  /** What the link or the case stood on, when the answer stands on something else. */
  moved = $state('');
  /** Grows when the picture should be brought into sight whole. */
  fits = $state(0);
  /** Grows with each new question, not with changes of one. */
  starts = $state(0);

  #running: AbortController | null = null;
  #expected: LinkPins | null = null;

  get picture(): Picture | null {
    return this.answer?.result ?? null;
  }
  get policy(): number {
    const at = this.picture?.policies.indexOf(this.policyName) ?? -1;
    return Math.max(0, at);
  }
  get chosenNode(): number {
    const selection = this.selection;
    if (selection?.kind !== 'node' || !this.picture) return -1;
    return this.picture.nodes.findIndex((node) => node.id === selection.id);
  }
  get chosenEdge(): number {
    const selection = this.selection;
    if (selection?.kind !== 'edge' || !this.picture) return -1;
    return this.picture.edges.findIndex((edge) => edge.id === selection.id);
  }

  /** Asks something new; what was there can be had back. */
  async start(question: Question): Promise<void> {
    this.#remember();
    this.selection = null;
    this.filters = openFilters();
    this.question = question;
    this.starts += 1;
    await this.load(true);
  }

  /** Changes some of the question and keeps the rest. */
  async change(part: Partial<Question>, fit = false): Promise<void> {
    this.#remember();
    this.question = { ...this.question, ...part };
    await this.load(fit);
  }

  /** Shows more beside a node, twice as many each time. */
  async expand(id: string, what: Opened['what'], direction: Opened['direction']): Promise<void> {
    const same = (one: Opened) => one.id === id && one.what === what && (what === 'traced' || one.direction === direction);
    const before = this.question.open.find(same);
    const first = before ? Math.min(1000, before.first * 2) : what === 'traced' ? 36 : 8;
    const opened = { id, what, direction, first };
    const open = before ? this.question.open.map((one) => (same(one) ? opened : one)) : [...this.question.open, opened];
    await this.change({ open });
  }

  /** More of those that a rest stands for. */
  async more(rest: string): Promise<void> {
    const [, kind, direction, ...of] = rest.split(':');
    await this.expand(of.join(':'), kind === 'contact' ? 'contacts' : 'traced', direction === 'in' ? 'in' : 'out');
  }

  isOpened(id: string): boolean {
    return this.question.open.some((one) => one.id === id);
  }

  async close(id: string): Promise<void> {
    await this.change({ open: this.question.open.filter((one) => one.id !== id) });
  }

  async undo(): Promise<void> {
    const before = this.past.at(-1);
    if (!before) return;
    this.past = this.past.slice(0, -1);
    this.future = [this.question, ...this.future];
    this.question = before;
    await this.load(false);
  }

  async redo(): Promise<void> {
    const next = this.future[0];
    if (!next) return;
    this.future = this.future.slice(1);
    this.past = [...this.past, this.question];
    this.question = next;
    await this.load(false);
  }

  cancel(): void {
    this.#running?.abort();
  }

  async load(fit: boolean): Promise<void> {
    this.#running?.abort();
    this.problem = null;
    this.moved = '';
    if (isEmpty(this.question)) {
      this.answer = null;
      this.loading = false;
      return;
    }
    const running = (this.#running = new AbortController());
    this.loading = true;
    this.progress = 0;
    try {
      const answer = await ask.post<Picture>('/v1/pictures', pictureBody(this.question), {
        signal: running.signal,
        progress: (transactions) => (this.progress = transactions),
      });
      if (this.#running !== running) return;
      this.answer = answer;
      this.#compare(answer);
      if (this.chosenNode < 0 && this.chosenEdge < 0) this.selection = null;
      if (fit) this.fits += 1;
    } catch (error) {
      if (this.#running !== running) return;
      if (error instanceof DOMException) return;
      this.problem = problemOf(error);
    } finally {
      if (this.#running === running) this.loading = false;
    }
  }

  #compare(answer: Envelope<Picture>): void {
    const expected = this.#expected;
    this.#expected = null;
    if (!expected) return;
    const now = pinsOf(answer);
    if (expected.block && expected.block !== now.block)
      this.moved = 'This was saved of another block at that height: the chain was reorganised since.';
    else if (expected.lists && expected.lists !== now.lists)
      this.moved = 'This was saved of other editions of the lists than those at hand now.';
  }

  #remember(): void {
    if (isEmpty(this.question)) return;
    this.past = [...this.past.slice(-STEPS_MAX), this.question];
    this.future = [];
  }

  /** The question as it is, held to the block and the lists of the answer. */
  pinned(): Question {
    const answer = this.answer;
    if (!answer) return this.question;
    const height = answer.as_of[0]?.height;
    const known = answer.lists.map((list) => list.known_from).sort().at(-1);
    return {
      ...this.question,
      ledger: answer.result.ledger,
      as_of: this.question.as_of || (height === undefined ? '' : String(height)),
      known_at: this.question.known_at || known || '',
    };
  }

  pinnedLink(): string {
    return toLink(this.pinned(), this.answer ? pinsOf(this.answer) : undefined);
  }

  async openLink(hash: string): Promise<boolean> {
    const link = fromLink(hash);
    if (!link) return false;
    this.#expected = link.pins;
    this.kept = null;
    await this.start(link.question);
    return true;
  }

  content(): CaseContent {
    return {
      version: 1,
      question: this.pinned(),
      policy: this.policyName,
      notes: this.notes,
      bookmarks: this.bookmarks,
      pins: this.answer ? pinsOf(this.answer) : null,
      text: this.text,
    };
  }

  async openCase(head: CaseHead, content: CaseContent): Promise<void> {
    if (content.version !== 1 || typeof content.question !== 'object') {
      this.problem = {
        code: 'case',
        message: `the case "${head.title}" was not written by this explorer`,
        hint: 'read it with GET /v1/cases/ID',
        request_id: '',
      };
      return;
    }
    this.kept = head;
    this.notes = content.notes;
    this.bookmarks = content.bookmarks;
    this.text = content.text;
    this.policyName = content.policy;
    this.#expected = content.pins;
    this.past = [];
    this.future = [];
    this.selection = null;
    this.filters = openFilters();
    this.question = { ...blank(), ...content.question };
    await this.load(true);
  }

  leave(): void {
    this.#running?.abort();
    this.question = blank();
    this.answer = null;
    this.problem = null;
    this.selection = null;
    this.kept = null;
    this.notes = {};
    this.bookmarks = [];
    this.text = '';
    this.past = [];
    this.future = [];
  }
}

export { problemOf };
