/**
 * Returns a language model for llama.cpp, as a GGUF file of 130 kB. Its weights are the same for every position, so that
 * it prefers the same signs after every text: a quotation mark, then brackets, then letters. With a grammar it writes
 * the shortest text that the grammar allows.
 */
export function makeToyGguf(contextTokens: number): Buffer {
  const signs = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));
  const bytes = Array.from(
    { length: 256 },
    (_, at) => `<0x${at.toString(16).toUpperCase().padStart(2, '0')}>`,
  );
  const tokens = ['<unk>', '<s>', '</s>', ...bytes, ...signs.map((sign) => (sign === ' ' ? '\u2581' : sign))];
  const kinds = [2, 3, 3, ...bytes.map(() => 6), ...signs.map(() => 1)];
  const preferences = [0, 0, 10, ...bytes.map(() => -9), ...signs.map(preferenceOf)];
  const size = 32;
  const ones = Array<number>(size).fill(1);
  const zeros = (rows: number) => Array<number>(rows * size).fill(0);
  const layer = 'blk.0.';
  return writeGguf(
    [
      ['general.architecture', text('llama')],
      ['general.alignment', uint(32)],
      ['llama.context_length', uint(contextTokens)],
      ['llama.embedding_length', uint(size)],
      ['llama.block_count', uint(1)],
      ['llama.feed_forward_length', uint(size)],
      ['llama.attention.head_count', uint(4)],
      ['llama.attention.head_count_kv', uint(4)],
      ['llama.attention.layer_norm_rms_epsilon', float(1e-5)],
      ['llama.rope.dimension_count', uint(8)],
      ['llama.vocab_size', uint(tokens.length)],
      ['tokenizer.ggml.model', text('llama')],
      ['tokenizer.ggml.tokens', list(8, tokens.map(rawText))],
      [
        'tokenizer.ggml.scores',
        list(
          6,
          tokens.map(() => rawFloat(0)),
        ),
      ],
      ['tokenizer.ggml.token_type', list(5, kinds.map(rawInt))],
      ['tokenizer.ggml.bos_token_id', uint(1)],
      ['tokenizer.ggml.eos_token_id', uint(2)],
      ['tokenizer.ggml.unknown_token_id', uint(0)],
      [
        'tokenizer.chat_template',
        text("{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "),
      ],
    ],
    [
      ['token_embd.weight', [size, tokens.length], tokens.flatMap(() => ones)],
      ['output_norm.weight', [size], ones],
      ['output.weight', [size, tokens.length], preferences.flatMap((value) => ones.map(() => value / size))],
      [`${layer}attn_norm.weight`, [size], ones],
      [`${layer}ffn_norm.weight`, [size], ones],
      ...['attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down'].map(
        (name) => [`${layer}${name}.weight`, [size, size], zeros(size)] as const,
      ),
    ],
  );
}

const ranks: Readonly<Record<string, number>> = { '"': 9, '}': 8, ']': 7, '{': 6, ':': 5.5, ',': 2 };

function preferenceOf(sign: string): number {
  return ranks[sign] ?? (/[A-Za-z0-9]/.test(sign) ? 1 : -1);
}

/** A value of a GGUF file: its type, and its bytes. */
type Value = { readonly type: number; readonly bytes: Buffer };

const rawUint = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const rawInt = (value: number) => rawUint(value);
const rawFloat = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
};
const rawLong = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const rawText = (value: string) => Buffer.concat([rawLong(Buffer.byteLength(value)), Buffer.from(value)]);
const uint = (value: number): Value => ({ type: 4, bytes: rawUint(value) });
const float = (value: number): Value => ({ type: 6, bytes: rawFloat(value) });
const text = (value: string): Value => ({ type: 8, bytes: rawText(value) });
const list = (type: number, values: readonly Buffer[]): Value => ({
  type: 9,
  bytes: Buffer.concat([rawUint(type), rawLong(values.length), ...values]),
});

/** Bytes to which tensors are aligned. */
const alignment = 32;
const padding = (length: number) => Buffer.alloc((alignment - (length % alignment)) % alignment);

/** Writes a GGUF file, version 3, with tensors of 32-bit floats. */
function writeGguf(
  values: readonly (readonly [string, Value])[],
  tensors: readonly (readonly [string, readonly number[], readonly number[]])[],
): Buffer {
  const heads: Buffer[] = [Buffer.from('GGUF'), rawUint(3), rawLong(tensors.length), rawLong(values.length)];
  for (const [name, { type, bytes }] of values) heads.push(rawText(name), rawUint(type), bytes);
  const data: Buffer[] = [];
  let offset = 0;
  for (const [name, shape, numbers] of tensors) {
    heads.push(rawText(name), rawUint(shape.length), ...shape.map(rawLong), rawUint(0), rawLong(offset));
    const bytes = Buffer.from(Float32Array.from(numbers).buffer);
    const padded = Buffer.concat([bytes, padding(bytes.length)]);
    data.push(padded);
    offset += padded.length;
  }
  const head = Buffer.concat(heads);
  return Buffer.concat([head, padding(head.length), ...data]);
}
