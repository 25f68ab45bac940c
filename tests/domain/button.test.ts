import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Button, packButton, parseButton, plainActions } from '../../src/domain/button.ts';
import { documentFormats } from '../../src/domain/document.ts';
import { engineIds } from '../../src/domain/engine-names.ts';

describe('buttons', () => {
  const buttons: fc.Arbitrary<Button> = fc.oneof(
    fc.record({
      action: fc.constantFrom('engine' as const, 'switch' as const),
      id: fc.integer({ min: 1, max: 1e14 }),
      engine: fc.constantFrom(...engineIds),
    }),
    fc.record({
      action: fc.constantFrom('format' as const, 'bundle' as const),
      id: fc.integer({ min: 1, max: 1e14 }),
      format: fc.constantFrom(...documentFormats),
    }),
    fc.record({ action: fc.constantFrom(...plainActions), id: fc.integer({ min: 1, max: 1e14 }) }),
  );

  test('property: parsing a packed button returns the same button, and it takes at most 64 bytes', () => {
    fc.assert(
      fc.property(buttons, (button) => {
        expect(parseButton(packButton(button))).toEqual(button);
        expect(Buffer.byteLength(packButton(button))).toBeLessThanOrEqual(64);
      }),
    );
  });

  test('forged callback data does not parse as a button', () => {
    for (const data of [
      '',
      'engine',
      'engine:1',
      'engine:1:nobody',
      'engine:0:local',
      'engine:-1:local',
      'engine:1:srt',
      'format:1',
      'format:1:exe',
      'format:1:local',
      'cancel:1:local',
      'cancel:1:srt',
      'cancel:1e3',
      'cancel:99999999999999999999',
      'drop:1',
      'engine:1:local:x',
      'cancel: 1',
    ]) {
      expect(parseButton(data), data).toBeUndefined();
    }
  });

  test('property: no callback data makes the parser of buttons throw', () => {
    fc.assert(
      fc.property(fc.string(), (data) => void parseButton(data)),
      { numRuns: 1000 },
    );
  });
});
