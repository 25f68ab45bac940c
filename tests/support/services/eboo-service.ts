import { type Received, Refusal, type Reply, type Service, startService } from './service.ts';

const token = 'eboo-test-0123456789abcdef';

/** Starts a service like EBOO, as its public clients know it: errors are a Status in a 200. */
export async function startEbooService(): Promise<
  Service & { key: string; files: ReadonlyMap<string, number> }
> {
  /** Number of requests for each file since it was converted; -1 before. */
  const files = new Map<string, number>();
  const service = await startService(
    ({ fields }) => fields.get('command')?.[0] ?? 'nothing',
    (request) => ({ status: 200, body: answer(request, files) }),
  );
  return { ...service, key: token, files };
}

function refuse(Status: string): never {
  throw new Refusal({ status: 200, body: { Status } satisfies Reply['body'] });
}

function answer({ method, path, fields, file }: Received, files: Map<string, number>): object {
  if (path !== '/api/ocr/getway') throw new Refusal({ status: 404, body: '<html>Not Found</html>' });
  if (method !== 'POST') refuse('MethodNotAllowed');
  if (fields.get('token')?.[0] !== token) refuse('TokenNotFound');
  const name = fields.get('filetoken')?.[0] ?? '';
  switch (fields.get('command')?.[0]) {
    case 'addfile': {
      if (file?.field !== 'filehandle' || file.bytes === 0) refuse('UploadFailed');
      if (!/\.(mp3|wav)$/.test(file.name)) refuse('FileCorrupted');
      const added = `file-${files.size + 1}`;
      files.set(added, -1);
      return { Status: 'Done', FileToken: added };
    }
    case 'convert':
      if (!files.has(name)) refuse('FileDeletedFromServer');
      if (fields.get('language')?.[0] !== 'fa') refuse('ConvertError');
      files.set(name, 0);
      return { Status: 'ConvertStarted' };
    case 'checkconvert': {
      const asked = files.get(name);
      if (asked === undefined) refuse('FileDeletedFromServer');
      if (asked < 0) refuse('Data Not Found Yet');
      files.set(name, asked + 1);
      if (asked === 0) return { Status: 'Converting', Progress: '40.00%' };
      return { Status: 'ConvertFinished', Progress: '100.00%', Output: 'سلام دنیا. خوبی؟' };
    }
    case 'deletefile':
      return { Status: files.delete(name) ? 'FileDeleteDone' : 'FileDeletedFromServer' };
    case 'checkcredit':
      return { AudioTranscribeCredit: '7200' };
    default:
      return refuse('UnknowMethod');
  }
}
