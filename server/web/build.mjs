// node build.mjs FOLDER FILE.cpp: builds the explorer into FOLDER and writes a C++ file that holds
// every file of it twice, as it is and compressed.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const [folder, target] = process.argv.slice(2);
if (!target) throw new Error('usage: node build.mjs FOLDER FILE.cpp');

await build({ logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } });

function filesUnder(path) {
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const inner = join(path, name);
      return statSync(inner).isDirectory() ? filesUnder(inner) : [inner];
    });
}

const files = filesUnder(folder).filter((file) => !file.endsWith('.gz'));
const blobs = [];
let compressed = 0;
for (const [i, file] of files.entries()) {
  const gzip = gzipSync(readFileSync(file), { level: 9 });
  compressed += gzip.length;
  writeFileSync(`${file}.gz`, gzip);
  blobs.push({ symbol: `wagetrail_web_${i}`, file }, { symbol: `wagetrail_web_${i}_gz`, file: `${file}.gz` });
}

const assembly = blobs
  .map(
    ({ symbol, file }) =>
      `    "${symbol}:\\n.incbin \\"${file}\\"\\n${symbol}_end:\\n.byte 0\\n"\n    ".global ${symbol}\\n.global ${symbol}_end\\n"`,
  )
  .join('\n');
const declared = blobs
  .map(({ symbol }) => `extern const char ${symbol}[];\nextern const char ${symbol}_end[];`)
  .join('\n');
const view = (symbol) => `std::string_view(${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol}))`;
const rows = files
  .map((file, i) => `        {"${relative(folder, file)}", ${view(`wagetrail_web_${i}`)}, ${view(`wagetrail_web_${i}_gz`)}},`)
  .join('\n');

writeFileSync(
  target,
  `// Made by server/web/build.mjs.
#include "server/web_files.h"

#include <cstddef>

__asm__(
    ".section .rodata\\n"
${assembly}
    ".text\\n");
extern "C" {
${declared}
}

namespace wagetrail::server {

std::span<const WebFile> web_files() {
    static const WebFile files[] = {
${rows}
    };
    return files;
}

}  // namespace wagetrail::server
`,
);
console.log(`the explorer: ${files.length} files, ${compressed} bytes compressed`);
