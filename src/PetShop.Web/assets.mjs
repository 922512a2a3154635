// Installs what package-lock.json names and copies the browser's share of it to wwwroot/lib.
// Called by the build (PetShop.Web.csproj). Builds that start at the same time take turns by a lock folder;
// whoever comes second finds the stamp up to date and does nothing.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const lib = join(root, 'wwwroot', 'lib');
const stamp = join(lib, '.stamp');
const lock = join(root, 'obj', 'assets.lock');
const staleAfterMs = 300_000;

const files = {
  'htmx.org/dist/htmx.min.js': 'htmx.min.js',
  'htmx.org/LICENSE': 'htmx.LICENSE',
  'uplot/dist/uPlot.iife.min.js': 'uplot.min.js',
  'uplot/dist/uPlot.min.css': 'uplot.min.css',
  'uplot/LICENSE': 'uplot.LICENSE',
  '@fontsource-variable/figtree/LICENSE': 'fonts/figtree.LICENSE',
  '@fontsource-variable/fraunces/LICENSE': 'fonts/fraunces.LICENSE',
};
for (const family of ['figtree', 'fraunces'])
  for (const subset of ['latin', 'latin-ext'])
    files[`@fontsource-variable/${family}/files/${family}-${subset}-wght-normal.woff2`] = `fonts/${family}-${subset}.woff2`;

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json'))).update(JSON.stringify(files)).digest('hex');
const upToDate = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  && Object.values(files).every(file => existsSync(join(lib, file)));

function install() {
  const ci = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'],
    { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  if (ci.error || ci.status !== 0)
    throw new Error(`npm ci failed in ${root}: ${ci.error?.message ?? (ci.stderr || ci.stdout).trim()}`);
  for (const [from, to] of Object.entries(files)) {
    mkdirSync(dirname(join(lib, to)), { recursive: true });
    copyFileSync(join(root, 'node_modules', from), join(lib, to));
  }
  writeFileSync(stamp, wanted);
}

function takeLock() {
  mkdirSync(dirname(lock), { recursive: true });
  try { mkdirSync(lock); return true; }
  catch (error) { if (error.code !== 'EEXIST') throw error; }
  // The holder touches nothing while npm runs, so only a lock older than any sane install was left by a killed build.
  try { if (Date.now() - statSync(lock).mtimeMs > staleAfterMs) rmSync(lock, { recursive: true, force: true }); }
  catch { /* released meanwhile */ }
  return false;
}

try {
  while (!upToDate()) {
    if (!takeLock()) { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200); continue; }
    try { if (!upToDate()) install(); }
    finally { rmSync(lock, { recursive: true, force: true }); }
  }
  // Tells the build's own up-to-date check that this input has been seen.
  utimesSync(stamp, new Date(), new Date());
} catch (error) {
  console.error(`assets.mjs : error PETSHOP002: ${error.message}`);
  process.exit(1);
}
