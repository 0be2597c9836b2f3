// Paints a scene on a canvas. Only what is in sight is painted, strokes of one look at once, and
// words only where they can be read.
import { along, type Box, type Ribbon, type Scene, type Tone } from './scene';

export interface Sight {
  scale: number;
  x: number;
  y: number;
}

export interface Palette {
  ground: string;
  text: string;
  muted: string;
  line: string;
  panel: string;
  accent: string;
  reached: string;
  traced: string;
  contact: string;
  tones: Record<Tone, string>;
}

export interface Chosen {
  node: number;
  edge: number;
}

const WORDS_FROM = 0.42;
const AMOUNTS_FROM = 0.72;
const LABEL_ROOM = 84;
const FONT = 'system-ui, sans-serif';

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const tones = ['listed', 'payer', 'service', 'mixer', 'stopped', 'still', 'plain', 'tx', 'rest'] as const;
  return {
    ground: read('ground'),
    text: read('text'),
    muted: read('muted'),
    line: read('line'),
    panel: read('panel'),
    accent: read('accent'),
    reached: read('reached'),
    traced: read('traced'),
    contact: read('contact'),
    tones: Object.fromEntries(tones.map((tone) => [tone, read(`tone-${tone}`)])) as Record<Tone, string>,
  };
}

function curve(path: Path2D, ribbon: Ribbon): void {
  path.moveTo(ribbon.x1, ribbon.y1);
  path.bezierCurveTo(ribbon.x1 + ribbon.bend, ribbon.y1, ribbon.x2 - ribbon.bend, ribbon.y2, ribbon.x2, ribbon.y2);
}

interface Window {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function seesRibbon(window: Window, ribbon: Ribbon): boolean {
  const bend = ribbon.x2 < ribbon.x1 ? ribbon.bend : 0;
  return (
    Math.max(ribbon.x1, ribbon.x2) + bend >= window.left && Math.min(ribbon.x1, ribbon.x2) - bend <= window.right &&
    Math.max(ribbon.y1, ribbon.y2) + 8 >= window.top && Math.min(ribbon.y1, ribbon.y2) - 8 <= window.bottom
  );
}

function seesBox(window: Window, box: Box): boolean {
  return (
    box.x + box.width >= window.left && box.x <= window.right && box.y + box.height >= window.top && box.y <= window.bottom
  );
}

function paintRibbons(canvas: CanvasRenderingContext2D, ribbons: Ribbon[], palette: Palette, scale: number, chosen: Chosen): void {
  // Of one tone and about one width: one stroke.
  const looks = new Map<string, { path: Path2D; width: number; tone: Ribbon['tone'] }>();
  for (const ribbon of ribbons) {
    const width = Math.max(1, Math.round(ribbon.width));
    const key = `${ribbon.tone} ${width}`;
    let look = looks.get(key);
    if (!look) looks.set(key, (look = { path: new Path2D(), width, tone: ribbon.tone }));
    curve(look.path, ribbon);
  }
  const order = { contact: 0, traced: 1, reached: 2 };
  for (const look of [...looks.values()].sort((a, b) => order[a.tone] - order[b.tone] || b.width - a.width)) {
    canvas.strokeStyle = palette[look.tone];
    canvas.lineWidth = Math.max(look.width, 0.6 / scale);
    canvas.globalAlpha = look.tone === 'reached' ? 0.85 : 0.6;
    canvas.setLineDash(look.tone === 'contact' ? [6, 5] : []);
    canvas.stroke(look.path);
  }
  canvas.setLineDash([]);
  canvas.globalAlpha = 1;
  canvas.strokeStyle = palette.accent;
  for (const ribbon of ribbons) {
    if (ribbon.index !== chosen.edge && !ribbon.isMarked) continue;
    const path = new Path2D();
    curve(path, ribbon);
    canvas.lineWidth = Math.max(ribbon.width + 2, 3 / scale);
    canvas.stroke(path);
  }
}

function fitted(canvas: CanvasRenderingContext2D, text: string, room: number): string {
  if (canvas.measureText(text).width <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (canvas.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low)}…`;
}

function paintBox(canvas: CanvasRenderingContext2D, box: Box, palette: Palette, words: boolean, isChosen: boolean): void {
  const colour = palette.tones[box.tone];
  canvas.globalAlpha = box.faded ? 0.35 : 1;
  canvas.beginPath();
  canvas.roundRect(box.x, box.y, box.width, box.height, 10);
  canvas.fillStyle = words ? palette.panel : colour;
  canvas.fill();
  if (!words) {
    canvas.globalAlpha = 1;
    return;
  }
  canvas.lineWidth = isChosen ? 3 : 1.5;
  canvas.strokeStyle = isChosen ? palette.accent : colour;
  canvas.setLineDash(box.tone === 'rest' ? [5, 4] : []);
  canvas.stroke();
  canvas.setLineDash([]);
  const inset = box.sign ? 40 : 14;
  if (box.hasNote) {
    canvas.beginPath();
    canvas.moveTo(box.x + box.width - 16, box.y);
    canvas.lineTo(box.x + box.width, box.y);
    canvas.lineTo(box.x + box.width, box.y + 16);
    canvas.fillStyle = palette.accent;
    canvas.fill();
  }
  if (box.sign) {
    canvas.beginPath();
    canvas.arc(box.x + 21, box.y + box.height / 2, 12, 0, 2 * Math.PI);
    canvas.fillStyle = colour;
    canvas.fill();
    canvas.fillStyle = palette.ground;
    canvas.font = `700 14px ${FONT}`;
    canvas.textAlign = 'center';
    canvas.fillText(box.sign, box.x + 21, box.y + box.height / 2 + 5);
    canvas.textAlign = 'left';
  }
  const room = box.width - inset - 12;
  canvas.fillStyle = palette.text;
  canvas.font = `600 14.5px ${FONT}`;
  canvas.fillText(fitted(canvas, box.title, room), box.x + inset, box.y + (box.line ? 22 : 31));
  canvas.fillStyle = palette.muted;
  canvas.font = `12.5px ${FONT}`;
  if (box.line) canvas.fillText(fitted(canvas, box.line, room), box.x + inset, box.y + 40);
  canvas.globalAlpha = 1;
}

function paintAmounts(canvas: CanvasRenderingContext2D, ribbons: Ribbon[], palette: Palette): void {
  canvas.font = `12px ${FONT}`;
  canvas.textAlign = 'center';
  for (const ribbon of ribbons) {
    if (!ribbon.label) continue;
    const middle = along(ribbon, 0.5);
    const width = canvas.measureText(ribbon.label).width + 10;
    canvas.globalAlpha = 0.88;
    canvas.fillStyle = palette.ground;
    canvas.beginPath();
    canvas.roundRect(middle.x - width / 2, middle.y - 9, width, 18, 6);
    canvas.fill();
    canvas.globalAlpha = 1;
    canvas.fillStyle = ribbon.tone === 'reached' ? palette.reached : palette.muted;
    canvas.fillText(ribbon.label, middle.x, middle.y + 4);
  }
  canvas.textAlign = 'left';
}

/** width and height: of the canvas in points; ratio: pixels of the device for each. */
/** What matters keeps its name where boxes are too small for words. */
function paintNames(canvas: CanvasRenderingContext2D, boxes: Box[], palette: Palette, scale: number, chosen: number): void {
  const size = 12 / scale;
  canvas.font = `600 ${size}px ${FONT}`;
  canvas.lineWidth = 4 / scale;
  canvas.lineJoin = 'round';
  canvas.strokeStyle = palette.ground;
  canvas.fillStyle = palette.text;
  let last = { x: NaN, y: -Infinity };
  for (const box of [...boxes].sort((a, b) => a.x - b.x || a.y - b.y)) {
    if (box.faded || (box.index !== chosen && !['listed', 'payer', 'service', 'mixer'].includes(box.tone))) continue;
    // In a column names must not lie on each other.
    if (box.x === last.x && box.y - last.y < size * 1.15) continue;
    last = box;
    // Whoever pays stands at the left end, with room before it.
    const before = box.tone === 'payer';
    canvas.textAlign = before ? 'right' : 'left';
    const x = before ? box.x - 6 / scale : box.x + box.width + 6 / scale;
    const y = box.y + box.height / 2 + size / 3;
    canvas.strokeText(box.title, x, y);
    canvas.fillText(box.title, x, y);
  }
  canvas.textAlign = 'left';
}

export function paint(
  canvas: CanvasRenderingContext2D,
  scene: Scene,
  sight: Sight,
  palette: Palette,
  chosen: Chosen,
  size: { width: number; height: number; ratio: number },
): void {
  canvas.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  canvas.fillStyle = palette.ground;
  canvas.fillRect(0, 0, size.width, size.height);
  const scale = sight.scale;
  canvas.setTransform(size.ratio * scale, 0, 0, size.ratio * scale, size.ratio * sight.x, size.ratio * sight.y);
  const window: Window = {
    left: -sight.x / scale,
    top: -sight.y / scale,
    right: (size.width - sight.x) / scale,
    bottom: (size.height - sight.y) / scale,
  };
  let labelled = -Infinity;
  for (const column of scene.columns) {
    canvas.fillStyle = palette.line;
    canvas.fillRect(column.x - 24, window.top, 1 / scale, window.bottom - window.top);
    if ((column.x - labelled) * scale < LABEL_ROOM) continue;
    labelled = column.x;
    canvas.fillStyle = palette.muted;
    canvas.font = `${12 / scale}px ${FONT}`;
    canvas.fillText(column.label, column.x - 24 + 6 / scale, window.top + 18 / scale);
  }
  const ribbons = scene.ribbons.filter((ribbon) => seesRibbon(window, ribbon));
  paintRibbons(canvas, ribbons, palette, scale, chosen);
  const words = scale >= WORDS_FROM;
  for (const box of scene.boxes)
    if (seesBox(window, box)) paintBox(canvas, box, palette, words, box.index === chosen.node);
  if (!words && scale > 0.05) paintNames(canvas, scene.boxes.filter((box) => seesBox(window, box)), palette, scale, chosen.node);
  if (scale >= AMOUNTS_FROM) paintAmounts(canvas, ribbons, palette);
}

const MARGIN = 36;
const NAMES_MARGIN = 150; // beside which names are painted outside of their boxes

/** All of it in sight, not larger than life. */
export function fit(scene: Scene, width: number, height: number): Sight {
  const scaleWith = (margin: number) =>
    Math.min(
      1.1,
      Math.max(0.02, Math.min((width - 2 * margin) / scene.bounds.width, (height - 2 * MARGIN) / scene.bounds.height)),
    );
  const plain = scaleWith(MARGIN);
  const scale = plain < WORDS_FROM && width > 4 * NAMES_MARGIN ? scaleWith(NAMES_MARGIN) : plain;
  return {
    scale,
    x: (width - scene.bounds.width * scale) / 2 - scene.bounds.x * scale,
    y: (height - scene.bounds.height * scale) / 2 - scene.bounds.y * scale,
  };
}
