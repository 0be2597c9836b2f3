// What of a picture is shown just now. Filters hide; they never change an amount.
import type { Picture, PictureEdge, Units } from './types';

export interface Filters {
  /** Base units; edges that carry less are hidden. */
  least: bigint;
  /** Days, "2024-02-29"; empty: no bound. */
  after: string;
  before: string;
  /** Seen from the chosen node. */
  direction: 'all' | 'onward' | 'back';
  kinds: 'all' | 'traced' | 'reached';
}

export function open(): Filters {
  return { least: 0n, after: '', before: '', direction: 'all', kinds: 'all' };
}

export function isOpen(filters: Filters): boolean {
  return (
    filters.least === 0n && !filters.after && !filters.before && filters.direction === 'all' && filters.kinds === 'all'
  );
}

/** What an edge carries under a policy; of a contact: what went over it. */
export function carried(edge: PictureEdge, policy: number): Units {
  return edge.kind === 'contact' ? edge.whole : (edge.shares[policy] ?? '0');
}

function reached(picture: Picture, start: number, onward: boolean): Set<number> {
  const seen = new Set<number>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const edge of picture.edges)
      if ((onward ? edge.from : edge.to) === node) open.push(onward ? edge.to : edge.from);
  }
  return seen;
}

/** Edges by which value came to a target. */
export function waysToTarget(picture: Picture): Set<number> {
  const before: number[][] = picture.nodes.map(() => []);
  picture.edges.forEach((edge, i) => {
    if (edge.kind === 'traced') before[edge.to]?.push(i);
  });
  const ways = new Set<number>();
  const seen = new Set<number>();
  const open = picture.nodes.flatMap((node, i) => (node.target ? [i] : []));
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const way of before[node] ?? []) {
      ways.add(way);
      open.push(picture.edges[way]!.from);
    }
  }
  return ways;
}

/** By edge. chosen: index of a node, or -1. */
export function shown(picture: Picture, filters: Filters, policy: number, chosen: number, ways: Set<number>): boolean[] {
  const side =
    chosen >= 0 && filters.direction !== 'all' ? reached(picture, chosen, filters.direction === 'onward') : null;
  return picture.edges.map((edge, i) => {
    if (filters.kinds === 'traced' && edge.kind !== 'traced') return false;
    if (filters.kinds === 'reached' && !ways.has(i)) return false;
    if (filters.least > 0n && BigInt(carried(edge, policy)) < filters.least) return false;
    if (filters.after && edge.last && edge.last.slice(0, 10) < filters.after) return false;
    if (filters.before && edge.first && edge.first.slice(0, 10) > filters.before) return false;
    return !side || (side.has(edge.from) && side.has(edge.to));
  });
}
