/** A request that no honest client makes, and the permitted answers. */
export type HostileRequest = {
  readonly bytes: Buffer;
  /** Every answer has one of these statuses; no answer at all (a cut connection) is right, too. */
  readonly allowed: (status: number) => boolean;
  readonly hangUp?: boolean;
};

/** A server under attack. */
export type Target = {
  readonly port: number;
  /** Paths that it serves; odd ones are added. */
  readonly paths: readonly string[];
  /** Headers that authorise a request, such as a secret. */
  readonly credentials: readonly string[];
  /** Formats of its bodies, where it does not read JSON; odd ones are added. */
  readonly forms?: readonly string[];
};

type Random = () => number;

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND'] as const;

/** Paths that lead up or out, and invalid ones. */
const oddPaths = [
  '/../../package.json',
  '/page/../../../package.json',
  '/page/..%2f..%2f..%2fpackage.json',
  '/page/%2e%2e/%2e%2e/package.json',
  '/page/....//....//package.json',
  '/page/..\\..\\package.json',
  '/page/%00.js',
  '/page/.env',
  '/playground/files/..%2f..%2fjournal',
  '/playground/people/-1/events',
  '/playground/people/9e99/messages',
  '/file/bot1:x/../../../../etc/passwd',
  '/file/bot1:x/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '//etc/passwd',
  '/%ff%fe%c0%ae',
  '/%',
  '/%zz',
  'http://169.254.169.254/latest/meta-data',
  'https://127.0.0.1:1/',
  `/${'a'.repeat(9_000)}`,
  `/?${'x=1&'.repeat(3_000)}`,
  '/?__proto__[admin]=1&constructor.prototype=x',
] as const;

/**
 * Requests that two servers in a row could read differently, and invalid HTTP: refused by the parser, or cut
 * off.
 */
const brokenRequests = [
  'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: a\r\n\r\n',
  'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ncontent-length: 40\r\n\r\nabcd',
  'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: +4\r\n\r\nabcd',
  'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n',
  'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0x4\r\n\r\nabcd',
  'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999999\r\n\r\n',
  'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n',
  'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding\t: chunked\r\n\r\n0\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: a\r\n folded: yes\r\n\r\n',
  'GET / HTTP/1.1\nhost: a\n\n',
  'GET / HTTP/1.1\r\nhost: a\r\nx: a\0b\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: a\r\nno colon here\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/9.9\r\nhost: a\r\n\r\n',
  'GET  /  HTTP/1.1\r\nhost: a\r\n\r\n',
  'GET /\r\nhost: a\r\n\r\n',
  `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
  `GET /${'z'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'SSH-2.0-OpenSSH_9.6\r\n',
  'CONNECT a:443 HTTP/1.1\r\nhost: a\r\n\r\n',
  '\0\0\0\0\0\0\0\0',
] as const;

const isRefusal = (status: number) => status >= 400 && status < 500;
const isNoFailure = (status: number) => status < 500 || status === 503 || status === 505;

/** Returns JSON that is invalid, unexpected or too large. */
const oddBody = (random: Random): string => {
  const wrong = pick(random, [
    'null',
    '[]',
    '{}',
    '""',
    '-1',
    '1e999',
    'true',
    '"\\ud800"',
    '{"a":{"b":[[]]}}',
  ]);
  return pick(random, [
    '',
    '{',
    '{"update_id":',
    '\xff\xfe\x00',
    '['.repeat(2_000),
    `{"update_id":${wrong}}`,
    `{"update_id":${Math.floor(random() * 1e9)},"message":${wrong}}`,
    `{"update_id":${Math.floor(random() * 1e9)},"message":{"message_id":1,"chat":${wrong},"from":${wrong},"text":${wrong}}}`,
    `{"update_id":${Math.floor(random() * 1e9)},"callback_query":{"id":"1","from":${wrong},"data":${wrong}}}`,
    `{"__proto__":{"isAdmin":true},"constructor":${wrong}}`,
    `{"first_name":${wrong},"language_code":${wrong},"text":${wrong},"message_id":${wrong}}`,
    `--x\r\ncontent-disposition: form-data; name="file"; filename="../../../x"\r\n\r\n`,
    `"${'a'.repeat(Math.floor(random() * 50_000))}"`,
  ]);
};

const contentTypes = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  ';;;',
] as const;

/** Returns the next request of an endless, repeatable series. */
export function hostileRequest(random: Random, target: Target): HostileRequest {
  if (random() < 0.25) {
    return {
      bytes: Buffer.from(pick(random, brokenRequests), 'latin1'),
      allowed: (status) => isRefusal(status) || status === 505,
    };
  }
  const { port, paths, credentials, forms } = target;
  // Half of them are valid except for their content, so that they get past the parser.
  const isNearlyRight = random() < 0.5;
  const path = isNearlyRight || random() < 0.3 ? pick(random, paths) : pick(random, oddPaths);
  const method = isNearlyRight ? pick(random, ['POST', 'POST', 'GET']) : pick(random, methods);
  const content = isNearlyRight && forms !== undefined ? pick(random, forms) : oddBody(random);
  const body = Buffer.from(method === 'GET' ? '' : content, 'latin1');
  const claimed = isNearlyRight || random() < 0.9 ? body.length : Math.floor(random() * 2 * body.length);
  const usualType = forms === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  const headers = [
    `host: ${isNearlyRight || random() < 0.9 ? `127.0.0.1:${port}` : 'evil.example'}`,
    `content-type: ${isNearlyRight ? usualType : pick(random, contentTypes)}`,
    `content-length: ${claimed}`,
    ...(isNearlyRight || random() < 0.3 ? credentials : []),
    ...(random() < 0.1 ? ['range: bytes=9-1,-,5-'] : []),
    ...(random() < 0.1 ? [`cookie: ${'a=b; '.repeat(200)}`] : []),
    ...(random() < 0.1 ? ['expect: 100-continue'] : []),
    ...(random() < 0.1 ? Array.from({ length: 300 }, (_, index) => `x-${index}: 1`) : []),
    'connection: close',
  ];
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`, 'latin1');
  return { bytes: Buffer.concat([head, body]), allowed: isNoFailure, hangUp: random() < 0.05 };
}
