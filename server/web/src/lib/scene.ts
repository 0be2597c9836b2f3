// A picture as shapes: the same for the screen, for PNG and for SVG.
import { carried, shown, waysToTarget, type Filters } from './filters';
import type { Picture, PictureNode } from './types';
import { brief, count, reason, title, verdict } from './words';

export type Tone = 'listed' | 'payer' | 'service' | 'mixer' | 'stopped' | 'still' | 'plain' | 'tx' | 'rest';

export interface Box {
  index: number;
  x: number;
  y: number;
  width: number;
  height: number;
  tone: Tone;
  title: string;
  line: string;
  /** One letter-like sign, so that colour is never the only difference. */
  sign: string;
  faded: boolean;
  hasNote: boolean;
}

export interface Ribbon {
  index: number;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  /** Bends: how far the curve leaves and enters. */
  bend: number;
  width: number;
  tone: 'reached' | 'traced' | 'contact';
  isMarked: boolean;
  label: string;
}

export interface Scene {
  boxes: Box[];
  ribbons: Ribbon[];
  columns: { x: number; label: string }[];
  bounds: { x: number; y: number; width: number; height: number };
}

const MIXERS = ['mixer', 'mixing_service', 'coinjoin'];

function toneOf(node: PictureNode): Tone {
  if (node.kind === 'rest') return 'rest';
  if (node.listings.length || node.target) return 'listed';
  if (node.payer && node.kind !== 'transaction') return 'payer';
  const reasons = node.stops.map((stop) => stop.reason);
  if (node.coinjoin || reasons.includes('coinjoin') || node.labels.some((label) => MIXERS.includes(label.category)))
    return 'mixer';
  if (reasons.includes('service') || reasons.includes('possible_service')) return 'service';
  if (node.kind === 'transaction') return 'tx';
  if (node.labels.length) return 'service';
  if (reasons.some((each) => each !== 'unspent' && each !== 'mined')) return 'stopped';
  return reasons.length ? 'still' : 'plain';
}

export const SIGNS: Record<Tone, string> = {
  listed: '!',
  payer: '$',
  service: 'S',
  mixer: '≈',
  stopped: '■',
  still: '•',
  plain: '',
  tx: 'T',
  rest: '+',
};

export const TONES: { tone: Tone; word: string }[] = [
  { tone: 'payer', word: 'payer' },
  { tone: 'listed', word: 'listed or target' },
  { tone: 'service', word: 'labelled, or a service' },
  { tone: 'mixer', word: 'CoinJoin or mixer' },
  { tone: 'stopped', word: 'walk ended' },
  { tone: 'still', word: 'value is still there' },
  { tone: 'plain', word: 'passed on' },
  { tone: 'tx', word: 'transaction' },
  { tone: 'rest', word: 'not shown one by one' },
];

/** amount: what came to it; where nothing did, what it gave. */
function lineOf(picture: Picture, node: PictureNode, policy: number, amount: bigint): string {
  if (node.kind === 'rest') return `${brief(amount.toString(), picture.unit)} together`;
  if (node.target && node.reached.length) return `reached ${brief(node.reached[policy] ?? '0', picture.unit)}`;
  const stop = node.stops[0];
  const words: string[] = [];
  if (amount > 0n) words.push(brief(amount.toString(), picture.unit));
  if (node.verdict && node.listings.length) words.push(verdict(node.verdict));
  else if (node.coinjoin) words.push(node.coinjoin.replaceAll('_', ' '));
  else if (stop) words.push(reason(stop.reason));
  else if (node.size > 1) words.push(count(node.size, 'address', 'addresses'));
  return words.join(' · ');
}

/** Where ribbons touch each box, spread over its side in the order of what they lead to. */
function ports(picture: Picture, visible: boolean[], widths: number[]): { out: number[]; into: number[] } {
  const out = new Array<number>(picture.edges.length).fill(0);
  const into = new Array<number>(picture.edges.length).fill(0);
  const room = picture.node_size[1] - 12;
  const spread = (side: 'from' | 'to', other: 'from' | 'to', target: number[]) => {
    const by: number[][] = picture.nodes.map(() => []);
    picture.edges.forEach((edge, i) => visible[i] && by[edge[side]]!.push(i));
    for (const edges of by) {
      edges.sort((a, b) => picture.nodes[picture.edges[a]![other]]!.y - picture.nodes[picture.edges[b]![other]]!.y || a - b);
      const all = edges.reduce((sum, edge) => sum + widths[edge]! + 2, 0);
      const scale = Math.min(1, room / all);
      let at = (-all * scale) / 2;
      for (const edge of edges) {
        const height = (widths[edge]! + 2) * scale;
        target[edge] = at + height / 2;
        at += height;
      }
    }
  };
  spread('from', 'to', out);
  spread('to', 'from', into);
  return { out, into };
}

function widthsOf(picture: Picture, policy: number): number[] {
  const digits = picture.edges.map((edge) => Math.log10(1 + Number(carried(edge, policy))));
  const some = digits.filter((each) => each > 0);
  const least = Math.min(...some, Infinity);
  const span = Math.max(...some, 0) - least;
  return digits.map((each) => (each === 0 ? 1 : 2 + (span > 0 ? (10 * (each - least)) / span : 4)));
}

export function sceneOf(
  picture: Picture,
  filters: Filters,
  policy: number,
  chosen: number,
  notes: Record<string, string>,
  marked: Set<string>,
): Scene {
  const ways = waysToTarget(picture);
  const visible = shown(picture, filters, policy, chosen, ways);
  const [width, height] = picture.node_size;
  const widths = widthsOf(picture, policy);
  const { out, into } = ports(picture, visible, widths);
  const came = picture.nodes.map(() => 0n);
  const gave = picture.nodes.map(() => 0n);
  const touched = picture.nodes.map(() => false);
  picture.edges.forEach((edge, i) => {
    came[edge.to] = came[edge.to]! + BigInt(carried(edge, policy));
    gave[edge.from] = gave[edge.from]! + BigInt(carried(edge, policy));
    if (visible[i]) touched[edge.from] = touched[edge.to] = true;
  });
  const boxes = picture.nodes.map((node, index): Box => {
    const tone = toneOf(node);
    return {
      index,
      x: node.x,
      y: node.y,
      width,
      height,
      tone,
      title: title(node),
      line: lineOf(picture, node, policy, came[index]! || gave[index]!),
      sign: SIGNS[tone],
      faded: !touched[index] && picture.edges.length > 0,
      hasNote: node.id in notes,
    };
  });
  const ribbons: Ribbon[] = [];
  picture.edges.forEach((edge, index) => {
    if (!visible[index]) return;
    const from = boxes[edge.from]!;
    const to = boxes[edge.to]!;
    const x1 = from.x + width;
    const x2 = to.x;
    ribbons.push({
      index,
      x1,
      y1: from.y + height / 2 + out[index]!,
      x2,
      y2: to.y + height / 2 + into[index]!,
      bend: Math.max(60, Math.abs(x2 - x1) / 2),
      width: edge.kind === 'contact' ? Math.min(2.5, widths[index]!) : widths[index]!,
      tone: edge.kind === 'contact' ? 'contact' : ways.has(index) ? 'reached' : 'traced',
      isMarked: marked.size > 0 && edge.outputs.some((output) => marked.has(output.output)),
      label: carried(edge, policy) === '0' ? '' : brief(carried(edge, policy), picture.unit),
    });
  });
  const columns = picture.columns.map(({ column, begins }) => ({
    x: column * picture.column_step,
    label: begins.slice(0, 10),
  }));
  const left = Math.min(...boxes.map((box) => box.x), 0);
  const top = Math.min(...boxes.map((box) => box.y), 0);
  return {
    boxes,
    ribbons,
    columns,
    bounds: {
      x: left,
      y: top,
      width: Math.max(...boxes.map((box) => box.x + box.width), left + width) - left,
      height: Math.max(...boxes.map((box) => box.y + box.height), top + height) - top,
    },
  };
}

/** A point of a ribbon; t from 0 to 1. */
export function along(ribbon: Ribbon, t: number): { x: number; y: number } {
  const u = 1 - t;
  const a = u * u * u;
  const b = 3 * u * u * t;
  const c = 3 * u * t * t;
  const d = t * t * t;
  return {
    x: a * ribbon.x1 + b * (ribbon.x1 + ribbon.bend) + c * (ribbon.x2 - ribbon.bend) + d * ribbon.x2,
    y: a * ribbon.y1 + b * ribbon.y1 + c * ribbon.y2 + d * ribbon.y2,
  };
}

export function boxAt(scene: Scene, x: number, y: number): Box | null {
  for (let i = scene.boxes.length - 1; i >= 0; --i) {
    const box = scene.boxes[i]!;
    if (x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height) return box;
  }
  return null;
}

/** The ribbon nearest to a point, if one is within reach of it. */
export function ribbonAt(scene: Scene, x: number, y: number, reach: number): Ribbon | null {
  let best: Ribbon | null = null;
  let nearest = reach;
  for (const ribbon of scene.ribbons) {
    const slack = reach + ribbon.width;
    const outside =
      x < Math.min(ribbon.x1, ribbon.x2) - ribbon.bend - slack || x > Math.max(ribbon.x1, ribbon.x2) + ribbon.bend + slack ||
      y < Math.min(ribbon.y1, ribbon.y2) - slack || y > Math.max(ribbon.y1, ribbon.y2) + slack;
    if (outside) continue;
    for (let step = 0; step <= 24; ++step) {
      const point = along(ribbon, step / 24);
      const distance = Math.hypot(point.x - x, point.y - y) - ribbon.width / 2;
      if (distance < nearest) {
        nearest = distance;
        best = ribbon;
      }
    }
  }
  return best;
}
