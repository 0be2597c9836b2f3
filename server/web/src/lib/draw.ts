// A scene as a file: SVG as text, PNG through a canvas.
import { paint, type Palette } from './paint';
import { along, type Scene } from './scene';

const MARGIN = 40;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export function markup(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}

/** caption: what the picture is of, below it; the pins belong there. */
export function svgOf(scene: Scene, palette: Palette, caption: string): string {
  const { x, y, width, height } = scene.bounds;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x - MARGIN} ${y - MARGIN} ${width + 2 * MARGIN} ${height + 3 * MARGIN}" font-family="system-ui, sans-serif">`,
    `<title>${markup(caption)}</title>`,
    `<rect x="${x - MARGIN}" y="${y - MARGIN}" width="${width + 2 * MARGIN}" height="${height + 3 * MARGIN}" fill="${palette.ground}"/>`,
  ];
  for (const ribbon of scene.ribbons)
    parts.push(
      `<path d="M${ribbon.x1} ${ribbon.y1}C${ribbon.x1 + ribbon.bend} ${ribbon.y1} ${ribbon.x2 - ribbon.bend} ${ribbon.y2} ${ribbon.x2} ${ribbon.y2}" fill="none" stroke="${palette[ribbon.tone]}" stroke-width="${ribbon.width.toFixed(1)}" stroke-opacity="0.7"${ribbon.tone === 'contact' ? ' stroke-dasharray="6 5"' : ''}/>`,
    );
  for (const box of scene.boxes) {
    const colour = palette.tones[box.tone];
    const inset = box.sign ? 40 : 14;
    parts.push(
      `<g opacity="${box.faded ? 0.35 : 1}"><rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="10" fill="${palette.panel}" stroke="${colour}" stroke-width="1.5"/>`,
    );
    if (box.sign)
      parts.push(
        `<circle cx="${box.x + 21}" cy="${box.y + box.height / 2}" r="12" fill="${colour}"/><text x="${box.x + 21}" y="${box.y + box.height / 2 + 5}" font-size="14" font-weight="700" text-anchor="middle" fill="${palette.ground}">${markup(box.sign)}</text>`,
      );
    parts.push(
      `<text x="${box.x + inset}" y="${box.y + (box.line ? 22 : 31)}" font-size="14.5" font-weight="600" fill="${palette.text}">${markup(cut(box.title, box.sign ? 17 : 20))}</text>`,
      `<text x="${box.x + inset}" y="${box.y + 40}" font-size="12" fill="${palette.muted}">${markup(cut(box.line, 25))}</text></g>`,
    );
  }
  for (const ribbon of scene.ribbons) {
    if (!ribbon.label) continue;
    const middle = along(ribbon, 0.5);
    parts.push(
      `<text x="${middle.x.toFixed(1)}" y="${(middle.y + 4).toFixed(1)}" font-size="12" text-anchor="middle" fill="${palette.text}" stroke="${palette.ground}" stroke-width="4" paint-order="stroke">${markup(ribbon.label)}</text>`,
    );
  }
  parts.push(
    `<text x="${x}" y="${y + height + MARGIN}" font-size="12" fill="${palette.muted}">${markup(caption)}</text>`,
    '</svg>',
  );
  return `${parts.join('\n')}\n`;
}

const PIXELS_MAX = 8_000;

export async function pngOf(scene: Scene, palette: Palette, caption: string): Promise<Blob> {
  const width = scene.bounds.width + 2 * MARGIN;
  const height = scene.bounds.height + 3 * MARGIN;
  const ratio = Math.min(2, PIXELS_MAX / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser gives no canvas');
  const sight = { scale: 1, x: MARGIN - scene.bounds.x, y: MARGIN - scene.bounds.y };
  paint(context, scene, sight, palette, { node: -1, edge: -1 }, { width, height, ratio });
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = palette.muted;
  context.font = '12px system-ui, sans-serif';
  context.fillText(caption, MARGIN, height - MARGIN);
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('the picture is too large for a PNG'))), 'image/png'),
  );
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
