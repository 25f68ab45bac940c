import { describe, expect, test } from 'vitest';
import { allowedMoves, isAllowedMove, type TranscriptionState } from '../../src/domain/transcription.ts';

describe('states', () => {
  test('a final state of a transcription has no further moves, except that a failed file may be retried', () => {
    expect(allowedMoves).toMatchObject({ COMPLETED: [], CANCELLED: [], FAILED: ['PENDING', 'CHOOSING'] });
  });

  test('exactly these moves between states are allowed; only a retry or another engine leads back to choosing', () => {
    const states: TranscriptionState[] = [
      'CHOOSING',
      'PENDING',
      'QUEUED',
      'PROCESSING',
      'COMPLETED',
      'FAILED',
      'CANCELLED',
    ];
    expect(Object.keys(allowedMoves).toSorted()).toEqual(states.toSorted());
    const moves = states.flatMap((from) =>
      states.filter((to) => isAllowedMove(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(moves).toEqual([
      'CHOOSING → PENDING',
      'CHOOSING → QUEUED',
      'CHOOSING → COMPLETED',
      'CHOOSING → CANCELLED',
      'PENDING → CHOOSING',
      'PENDING → QUEUED',
      'PENDING → CANCELLED',
      'QUEUED → PROCESSING',
      'QUEUED → CANCELLED',
      'PROCESSING → QUEUED',
      'PROCESSING → COMPLETED',
      'PROCESSING → FAILED',
      'PROCESSING → CANCELLED',
      'FAILED → CHOOSING',
      'FAILED → PENDING',
    ]);
  });
});
