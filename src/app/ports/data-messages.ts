import type { UserId } from '../../domain/ids.ts';

/** Messages about exports and erasures. Methods reject with a DeliveryError. */
export type DataMessages = {
  /** Edits the earlier message where there is one, else sends a new one. */
  tell(
    to: { readonly userId: UserId; readonly languageCode: string | null; readonly messageId: number | null },
    text: DataText,
  ): Promise<void>;
  /**
   * Sends an archive from the disk.
   * @param number number of the archive, from 1; null: the only one
   */
  sendArchive(
    to: { readonly userId: UserId; readonly languageCode: string | null },
    path: string,
    number: number | null,
  ): Promise<void>;
};

export type DataText =
  | { readonly kind: 'erased'; readonly files: number; readonly stays: boolean }
  | { readonly kind: 'exporting'; readonly done: number; readonly total: number }
  | { readonly kind: 'exported'; readonly archives: number }
  | { readonly kind: 'export-failed' };
