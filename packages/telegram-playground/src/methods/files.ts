import type { Method } from '../core.ts';
import { maxDownloadBytes } from '../limits.ts';
import { badRequest } from './bot-api-error.ts';

const getFile: Method = (core, parameters) => {
  const fileId = parameters.text('file_id');
  if (fileId === '') throw badRequest('file_id not specified');
  const file = core.state.filesById.get(fileId);
  if (!file) throw badRequest('invalid file_id');
  const { file_id, file_unique_id, size } = file;
  if (core.isLocal) {
    return { result: { file_id, file_unique_id, file_size: size, file_path: core.files.pathOf(file) } };
  }
  if (size > maxDownloadBytes) throw badRequest('file is too big');
  return { result: { file_id, file_unique_id, file_size: size, file_path: file.file_path } };
};

/** The method that returns where a file can be downloaded. */
export const fileMethods = { getFile } as const;
