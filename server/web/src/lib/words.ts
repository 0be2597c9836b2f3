// Amounts, dates, names and codes as people read them.
import type { Level, PictureNode, Unit, Units } from './types';

/** "12.345 LTC"; digits: how many behind the point at most, 0 to 8. */
export function amount(units: Units, unit: Unit, digits = unit.decimals): string {
  const value = BigInt(units);
  const scale = 10n ** BigInt(unit.decimals);
  const whole = (value / scale).toLocaleString('en-US');
  let part = (value % scale).toString().padStart(unit.decimals, '0').slice(0, digits).replace(/0+$/, '');
  if (value > 0n && value < scale && part === '') part = (value % scale).toString().padStart(unit.decimals, '0').replace(/0+$/, '');
  return `${whole}${part ? `.${part}` : ''} ${unit.symbol}`;
}

/** Four digits that matter, for labels on a picture. */
export function brief(units: Units, unit: Unit): string {
  const digits = units.length - unit.decimals;
  return amount(units, unit, digits >= 4 ? 0 : Math.max(0, 4 - Math.max(digits, 1)));
}

export function toUnits(text: string, unit: Unit): bigint | null {
  const match = /^(\d{1,15})(?:\.(\d+))?$/.exec(text.trim());
  if (!match || (match[2]?.length ?? 0) > unit.decimals) return null;
  return BigInt((match[1] ?? '0') + (match[2] ?? '').padEnd(unit.decimals, '0'));
}

export function day(time: string | null): string {
  return time ? time.slice(0, 10) : '';
}

export function moment(time: string | null): string {
  return time ? `${time.slice(0, 10)} ${time.slice(11, 16)} UTC` : '';
}

export function short(text: string, head = 10, tail = 6): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** How long ago, roughly: "3 days". */
export function age(time: string, now: number): string {
  const hours = Math.max(0, (now - Date.parse(time)) / 3_600_000);
  if (hours < 48) return count(Math.round(hours), 'hour');
  if (hours < 24 * 60) return count(Math.round(hours / 24), 'day');
  return hours < 24 * 730 ? count(Math.round(hours / 24 / 30.4), 'month') : `${(hours / 24 / 365).toFixed(1)} years`;
}

const REASONS: Record<string, string> = {
  unspent: 'still there',
  mined: 'newly mined',
  service: 'a service',
  possible_service: 'may be a service',
  coinjoin: 'went into a CoinJoin',
  mweb: 'left for the extension block',
  unspendable: 'burnt',
  other_payout: 'became part of another payout',
  max_hops: 'hop limit',
  value_floor: 'too small to follow',
  time_window: 'outside the time window',
};
export function reason(code: string): string {
  return REASONS[code] ?? code;
}

const VERDICTS: Record<string, string> = {
  LISTED_AT_PAYMENT: 'listed',
  BLOCKED_PERSON_ADDRESS_UNPUBLISHED: 'owner blocked, address not yet published',
  PRE_DESIGNATION: 'before the designation',
  LISTED_THEN_DELISTED: 'was listed, has been removed since',
  DELISTED_BEFORE_PAYMENT: 'removed from the list before',
  NEVER_LISTED: 'on no list at hand',
  UNKNOWN: 'unknown',
};
export function verdict(code: string | null): string {
  return code === null ? 'no list was asked' : (VERDICTS[code] ?? code);
}

const COVERAGE: Record<string, string> = {
  COINJOINS_LEFT_OUT: 'CoinJoins of the subject were left out: nobody can say whose their outputs are.',
  ENTITY_TOO_LARGE: 'The entity is too large: only the address itself was followed.',
  INDEX_BEHIND: 'The index is behind the moment asked about.',
  LIMITS_REACHED: 'The walk met a limit; what lies beyond is not known.',
  LIST_OUTDATED: 'The lists are older than they should be; that nothing is listed proves little.',
  NEIGHBORS_TRUNCATED: 'Not all transactions of an opened node were looked at.',
  NOBODY_KNOWN: 'Nobody at the other ends is known.',
  NO_PAYOUTS: 'There is nothing to follow: no payout was found.',
  NO_PRICES: 'No prices are at hand: there are no dollars.',
  NO_SERVICES: 'No labels of services are at hand: value may have been followed through an exchange to strangers.',
  PAYOUTS_NOT_ON_CHAIN: 'Some payouts of the file are not on the chain as of this block.',
  PRICE_GAPS: 'Prices are missing for some days.',
  SUBJECT_TRUNCATED: 'Only the newest payments of the subject were followed.',
  VALUE_FLOOR_RAISED: 'The question was larger than its budget: small shares were left aside.',
};
export function coverage(code: string): string {
  return COVERAGE[code] ?? code.toLowerCase().replaceAll('_', ' ');
}

const RULES: Record<string, string> = {
  same_key: 'one key behind both',
  co_spend: 'spent together in one transaction',
};
export function rule(code: string): string {
  return RULES[code] ?? code.replaceAll('_', ' ');
}

export const LEVELS: { level: Level; word: string }[] = [
  { level: 'entity', word: 'Entities' },
  { level: 'address', word: 'Addresses' },
  { level: 'transaction', word: 'Transactions' },
];

/** What a node is called: what others say of it before what the chain says. */
export function title(node: PictureNode): string {
  if (node.kind === 'rest') return `${node.hidden.toLocaleString('en-US')} more`;
  const listed = node.listings[0];
  if (listed) return listed.entity;
  const label = node.labels[0];
  if (label) return label.label;
  return short(node.tx ? node.tx.txid : (node.address ?? node.id));
}

/** Everything about a node in one sentence, for those who hear the page. */
export function spoken(node: PictureNode): string {
  const parts = [node.kind === 'rest' ? title(node) : `${node.kind} ${title(node)}`];
  if (node.payer) parts.push('payer');
  if (node.target) parts.push('target');
  if (node.verdict && node.verdict !== 'NEVER_LISTED') parts.push(verdict(node.verdict));
  for (const stop of node.stops) parts.push(reason(stop.reason));
  return parts.join(', ');
}
