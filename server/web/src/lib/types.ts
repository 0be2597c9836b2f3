// What the server answers, as far as the explorer reads it. server/API.md has all of it.

/** Base units of the ledger's coin, as a decimal text: they may not fit into a number. */
export type Units = string;

export interface LedgerPin {
  ledger: string;
  height: number;
  block_hash: string;
  time: string;
}

export interface ListPin {
  name: string;
  sha256: string;
  published: string;
  known_from: string;
}

export interface Envelope<Result> {
  as_of: LedgerPin[];
  known_at: string | null;
  lists: ListPin[];
  coverage: string[];
  engine: string;
  result_id: string;
  result: Result;
}

export interface Problem {
  code: string;
  message: string;
  hint: string;
  request_id: string;
}

export interface TxPlace {
  txid: string;
  height: number;
  time: string;
}

export interface Label {
  label: string;
  category: string;
  confidence: number;
  source: string;
  pack: string;
  by: string;
  reason: string;
  address: string;
}

export interface Listing {
  list: string;
  entity: string;
  party_id: string;
  programs: string[];
  address: string;
  designated_on: string | null;
  published: { after: string | null; by: string } | null;
  removed: { after: string | null; by: string } | null;
}

export interface PictureNode {
  id: string;
  kind: 'address' | 'entity' | 'transaction' | 'rest';
  x: number;
  y: number;
  column: number;
  address: string | null;
  tx: TxPlace | null;
  payer: boolean;
  payee: boolean;
  target: boolean;
  reached: Units[];
  stops: { reason: string; label: string; shares: Units[] }[];
  arrivals: { verdict_at_payout: string; verdict_at_arrival: string; shares: Units[] }[];
  kept_inside: number;
  hidden: number;
  size: number;
  coinjoin: string | null;
  labels: Label[];
  listings: Listing[];
  verdict: string | null;
}

export interface EdgeOutput extends TxPlace {
  output: string;
  whole: Units;
  shares: Units[];
}

export interface PictureEdge {
  id: string;
  from: number;
  to: number;
  kind: 'traced' | 'contact';
  whole: Units;
  shares: Units[];
  range: [Units, Units] | null;
  transactions: number;
  first: string | null;
  last: string | null;
  output_count: number;
  outputs: EdgeOutput[];
}

export interface Sums {
  policy: string;
  amount: Units;
  reached: Units;
  stopped: Units;
  residual: Units;
  fees: Units;
  value_floor: Units;
  transactions: number;
}

export interface Unit {
  symbol: string;
  decimals: number;
}

export type Level = 'address' | 'entity' | 'transaction';

export interface Picture {
  ledger: string;
  unit: Unit;
  from: string[];
  to: string[];
  direction: 'forward' | 'backward';
  level: Level;
  across: 'hops' | 'time';
  policies: string[];
  payouts: number;
  sums: Sums[];
  node_size: [number, number];
  column_step: number;
  columns: { column: number; begins: string }[];
  nodes: PictureNode[];
  edges: PictureEdge[];
  left_out: { nodes: number; edges: number };
  not_opened: string[];
}

export interface Amount {
  units: Units;
  display: string;
}

export interface SearchResult {
  text: string;
  matches: { kind: string; ledger: string; id: string; on_chain: boolean }[];
  parties: {
    entity: string;
    list: string;
    party_id: string;
    listed: boolean;
    matched: string;
    match: string;
    addresses: { address: string; ticker: string; listed: boolean }[];
  }[];
}

export interface LedgerState {
  ledger: string;
  height: number;
  block_hash: string;
  time: string;
  addresses: number;
  transactions: number;
}

export interface Snapshot {
  list: string;
  published: string;
  known_from: string;
  addresses: number;
  listed_parties: number;
  sha256: string;
}

export interface Merge {
  a: string;
  b: string;
  rule: string;
  score: string;
  txid: string;
  height: number;
  class?: string;
}

export interface CaseHead {
  id: string;
  title: string;
  revision: number;
  created: string;
  changed: string;
}
