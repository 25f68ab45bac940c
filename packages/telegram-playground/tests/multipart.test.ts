import { describe, expect, test } from 'vitest';
import { readMultipart } from '../src/http/multipart.ts';

/** Returns the names of the only part of a body with this header. */
async function read(header: string): Promise<{ name: string; filename: string | null }> {
  async function* body() {
    yield Buffer.from(`--b\r\n${header}\r\n\r\nhello\r\n--b--\r\n`);
  }
  const parts: { name: string; filename: string | null }[] = [];
  for await (const { name, filename, content } of readMultipart(body(), 'b')) {
    parts.push({ name, filename });
    for await (const _ of content);
  }
  const [part] = parts;
  if (part === undefined || parts.length > 1) throw new Error(`${parts.length} parts`);
  return part;
}

// As in tdlib's `parse_multipart_form_data`, where it differs from RFC 7578.
describe('a part is read as Telegram reads it:', () => {
  test.each([
    ['a file name ends at the first semicolon', 'filename="minutes; part 1.txt"', '"minutes'],
    ['a file name is not unescaped', 'filename="a\\"b.txt"', 'a\\"b.txt'],
    ['a file name without quotes keeps its blanks', 'filename=a b.txt', 'a b.txt'],
    ['a file name in UTF-8 needs no encoding', 'filename="نام.txt"', 'نام.txt'],
    ['an encoded file name is ignored', "filename*=UTF-8''y.txt", null],
  ])('a part of a multipart body is read as Telegram reads it: %s', async (_, parameter, filename) => {
    const header = `Content-Disposition: form-data; name="document"; ${parameter}`;
    expect(await read(header)).toEqual({ name: 'document', filename });
  });

  test('a header of a multipart body may be in any case, without a blank after its colon', async () => {
    const header = 'content-disposition:form-data;name=document;filename=x';
    expect(await read(header)).toEqual({ name: 'document', filename: 'x' });
  });

  test('a part of a multipart body that is not form-data is refused', async () => {
    const header = 'Content-Disposition: attachment; name="document"';
    await expect(read(header)).rejects.toThrow('expected form-data content disposition');
  });
});
