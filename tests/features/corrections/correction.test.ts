import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correctAll } from '../../../src/domain/correction/correct.ts';
import { replaceWords } from '../../../src/domain/correction/replace.ts';
import { placedKeys, wordKey } from '../../../src/domain/correction/words.ts';
import { splitWords } from '../../../src/domain/timed-words.ts';
import { correctPassage, correctRest } from '../../../src/features/corrections/passage.ts';
import { readCorrections } from '../../../src/features/corrections/read-corrections.ts';
import { segmentsOf, textOf } from '../../support/segments.ts';

function corrected(texts: string[], wrong: string, right: string) {
  const { segments, done, changed } = correctAll(segmentsOf(...texts), [{ wrong, right }]);
  return { text: textOf(segments), places: done[0]?.places, changed };
}

describe('a correction note', () => {
  test.each([
    ['tabir → Dabir', { wrong: 'tabir', right: 'Dabir' }],
    ['tabir -> Dabir', { wrong: 'tabir', right: 'Dabir' }],
    ['tabir=>Dabir', { wrong: 'tabir', right: 'Dabir' }],
    ['tabir ⇒ Dabir', { wrong: 'tabir', right: 'Dabir' }],
    ['tabir := Dabir', { wrong: 'tabir', right: 'Dabir' }],
    ['«تبیر» ← «دبیر»', { wrong: 'تبیر', right: 'دبیر' }],
    ['she razzy --> Shirazi', { wrong: 'she razzy', right: 'Shirazi' }],
  ])('a correction note is parsed: %s', (text, correction) => {
    expect(readCorrections(text)).toEqual([correction]);
  });

  test('a correction note may hold several corrections, one per line; other lines are ignored', () => {
    expect(readCorrections('a → b\nplease\nc → d')).toEqual([
      { wrong: 'a', right: 'b' },
      { wrong: 'c', right: 'd' },
    ]);
  });

  test.each(['thank you', '→ Dabir', 'tabir →', 'same → same', 'a → b → c', '… → !', '-', ''])(
    'a correction note is not found in "%s"',
    (text) => expect(readCorrections(text)).toBeNull(),
  );
});

describe('a correction of the form “wrong → right”', () => {
  test('a correction of the form “wrong → right” replaces every occurrence regardless of case, and keeps the punctuation', () => {
    expect(corrected(['Tabir is here.', 'I like tabir, and (TABIR)!'], 'tabir', 'Dabir')).toEqual({
      text: 'Dabir is here. I like Dabir, and (Dabir)!',
      places: 3,
      changed: [0, 1],
    });
  });

  test('a correction of the form “wrong → right” replaces whole words only', () => {
    expect(corrected(['a cat in a category'], 'cat', 'dog').text).toBe('a dog in a category');
    expect(corrected(['therapist'], 'the rapist', 'x').places).toBe(0);
    expect(corrected(['ایرانiran'], 'ایران iran', 'x').places).toBe(0);
    expect(corrected(['سلامxیک'], 'سلام xیک', 'y').places).toBe(0);
  });

  test('a correction of the form “wrong → right” replaces words with punctuation that stands alone between them, and with either apostrophe', () => {
    expect(corrected(['then she - razzy said'], 'she razzy', 'Shirazi').text).toBe('then Shirazi said');
    expect(corrected(['I don’t know'], "don't", 'do not').text).toBe('I do not know');
  });

  test('a correction of the form “wrong → right” finds no word in a text of punctuation', () => {
    expect(corrected(['well … yes'], '…', 'x')).toEqual({ text: 'well … yes', places: 0, changed: [] });
  });

  test('a correction of the form “wrong → right” replaces places that do not overlap', () => {
    expect(corrected(['ha ha ha'], 'ha ha', 'oh')).toMatchObject({ text: 'oh ha', places: 1 });
  });

  test('a correction of the form “wrong → right” uses its own punctuation where it has some, and keeps the spaces between words', () => {
    expect(corrected(['he said  (tabir). So'], 'tabir', '«Dabir»').text).toBe('he said  «Dabir» So');
  });

  test.each([
    ['Arabic letters', 'كتاب علي', 'کتاب علی'],
    ['a half-space or none', 'می‌روم', 'میروم'],
    ['a space in its place', 'می روم', 'می‌روم'],
    ['digits', 'سال 1405', 'سال ۱۴۰۵'],
    ['vowel signs', 'مُهَندِس', 'مهندس'],
    ['a hamza above ا', 'أحمد', 'احمد'],
    ['a hamza above ی', 'مسئول', 'مسیول'],
    ['a hamza above و', 'مؤمن', 'مومن'],
  ])(
    'a correction of the form “wrong → right” treats Persian spelling variants as the same word: %s',
    (_what, inText, noted) => {
      expect(corrected([`امروز ${inText} بود.`], noted, 'درست')).toMatchObject({
        text: 'امروز درست بود.',
        places: 1,
      });
    },
  );

  test('a correction of the form “wrong → right” replaces words across the border of two segments', () => {
    const result = corrected(['we talked to she', 'razzy. Then'], 'she razzy', 'Shirazi');
    expect(result).toEqual({ text: 'we talked to Shirazi. Then', places: 1, changed: [0, 1] });
    const { segments } = correctAll(segmentsOf('we talked to she', 'razzy. Then'), [
      { wrong: 'she razzy', right: 'Shirazi' },
    ]);
    expect(segments.map(({ text }) => text)).toEqual(['we talked to Shirazi.', 'Then']);
  });

  test('a correction of the form “wrong → right” gives the new words the time of the old ones', () => {
    const [segment] = segmentsOf('one two three four');
    const times = new Map(segment?.words.map((word) => [word.text, word]));
    const { segments } = correctAll(segmentsOf('one two three four'), [
      { wrong: 'two three', right: 'a bb cc' },
    ]);
    const words = segments[0]?.words ?? [];
    expect(words.map(({ text }) => text)).toEqual(['one', 'a', 'bb', 'cc', 'four']);
    expect(words[1]?.start).toBe(times.get('two')?.start);
    expect(words[3]?.end).toBeCloseTo(times.get('three')?.end ?? 0);
    expect(words[0]).toEqual(times.get('one'));
    expect(words[4]).toEqual(times.get('four'));
  });

  test('a correction of the form “wrong → right” gives no times to words of a segment without word times', () => {
    const untimed = segmentsOf('one two', 'three').map((segment) => ({ ...segment, words: [] }));
    const { segments, changed } = correctAll(untimed, [{ wrong: 'two', right: 'TWO' }]);
    expect(segments).toEqual([{ ...untimed[0], text: 'one TWO' }, untimed[1]]);
    expect(changed).toEqual([0]);
  });

  test('a correction of the form “wrong → right” is applied after the one on the line before it', () => {
    const { segments } = correctAll(segmentsOf('a b'), [
      { wrong: 'a', right: 'b' },
      { wrong: 'b', right: 'c' },
    ]);
    expect(textOf(segments)).toBe('c c');
  });
});

test('words of a transcript are replaced at several places in any order, or deleted', () => {
  const said = segmentsOf('one two three four');
  const written = replaceWords(said, placedKeys(said), [
    { from: 3, to: 4, right: 'FOUR' },
    { from: 1, to: 2, right: '' },
    { from: 0, to: 1, right: 'ONE' },
  ]);
  expect(written[0]?.text).toBe('ONE three FOUR');
  expect(written[0]?.words.map(({ text }) => text)).toEqual(['ONE', 'three', 'FOUR']);
});

describe('a corrected passage', () => {
  const passage = (texts: string[], written: string) => {
    const result = correctPassage(segmentsOf(...texts), written);
    return typeof result === 'string' ? result : { text: textOf(result.segments), done: result.done };
  };
  const speech = [
    'Ask not what your contry can do for you,',
    'ask what you can do for your contry.',
    'My fellow citizens of the wall, good morning.',
  ];

  test('a corrected passage is located by its words', () => {
    expect(passage(speech, 'fellow citizens of the world')).toEqual({
      text: [...speech.slice(0, 2), 'My fellow citizens of the world, good morning.'].join(' '),
      done: [{ wrong: 'wall', right: 'world', places: 1 }],
    });
  });

  test('a corrected passage of a single word is located by its letters; the other places are named, not changed', () => {
    const corrected = correctPassage(segmentsOf(...speech), 'country');
    expect(corrected).toMatchObject({
      done: [{ wrong: 'contry', right: 'country', places: 1 }],
      changed: [0],
      rest: { wrong: 'contry', right: 'country', places: 1 },
    });
  });

  const called = Array.from({ length: 8 }, (_, at) => `Do you hear me? Number ${at}.`);

  test('a corrected passage that occurs eight times is corrected in the first place, and in the others when that is wanted', () => {
    const corrected = correctPassage(segmentsOf(...called), 'Do you hear us');
    if (typeof corrected === 'string') throw new Error(corrected);
    expect(corrected.done).toEqual([{ wrong: 'me', right: 'us', places: 1 }]);
    expect(textOf(corrected.segments)).toBe(called.join(' ').replace('me', 'us'));
    expect(corrected.rest).toEqual({ wrong: 'Do you hear me', right: 'Do you hear us', places: 7 });
    const all = correctRest(corrected.segments, corrected.rest ?? { wrong: '', right: '' });
    expect(all.done).toEqual([{ wrong: 'me', right: 'us', places: 7 }]);
    expect(textOf(all.segments)).toBe(called.join(' ').replaceAll('me?', 'us?'));
  });

  test('the same words elsewhere are not the rest of a corrected passage', () => {
    const corrected = correctPassage(segmentsOf('do you hear me', 'give me that'), 'do you hear us');
    expect(corrected).toMatchObject({ done: [{ wrong: 'me', right: 'us', places: 1 }] });
    expect(corrected).not.toHaveProperty('rest');
  });

  test('a corrected passage may leave words out or add words', () => {
    expect(passage(['the men on the moon walked'], 'the first men on the moon')).toMatchObject({
      text: 'the first men on the moon walked',
    });
    expect(passage(['we we went home together today'], 'we went home together')).toBe('same');
    expect(passage(['we uh went home together today'], 'we went home together')).toMatchObject({
      text: 'we went home together today',
    });
  });

  test('a corrected passage in Persian is located regardless of half-spaces', () => {
    expect(passage(['امروز می خواهم با اقای تبیری صحبت کنم'], 'می‌خواهم با آقای دبیری صحبت')).toMatchObject({
      text: 'امروز می خواهم با آقای دبیری صحبت کنم',
    });
  });

  test.each([
    'thank you very much for this',
    'who said that?',
    'Asq nott whet yuor',
    'morn',
    'Hello!',
    '👍',
    '',
  ])('a corrected passage is not seen in ordinary talk: "%s"', (said) =>
    expect(passage(speech, said)).toBe('unclear'),
  );

  test('a corrected passage that equals the transcript changes nothing', () => {
    expect(passage(speech, 'my fellow citizens')).toBe('same');
  });

  test('a corrected passage that resembles two different places equally is refused', () => {
    expect(passage(['the bat sat', 'the cat sat'], 'rat')).toBe('unclear');
  });
});

describe('for any transcript (properties)', () => {
  const word = fc.constantFrom('سلام', 'دنیا', 'می‌روم', 'hello', 'World,', '(yes)', '۱۲', 'پایان.');
  const texts = fc.array(
    fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' ')),
    {
      minLength: 1,
      maxLength: 5,
    },
  );

  test('property: for any transcript, a correction changes only its own words, and reports how many', () => {
    fc.assert(
      fc.property(texts, word, (said, wrong) => {
        const { segments, done } = correctAll(segmentsOf(...said), [{ wrong, right: 'RIGHT' }]);
        const before = said.flatMap(splitWords);
        const expected = before.map((spoken) =>
          wordKey(spoken) === wordKey(wrong) ? 'right' : wordKey(spoken),
        );
        expect(segments.flatMap(({ text }) => splitWords(text)).map(wordKey)).toEqual(expected);
        expect(done[0]?.places).toBe(expected.filter((key) => key === 'right').length);
      }),
    );
  });

  test('property: for any transcript, words remain the words of their text, ordered by time and within their segment', () => {
    fc.assert(
      fc.property(texts, word, fc.array(word, { minLength: 1, maxLength: 3 }), (said, wrong, right) => {
        const { segments } = correctAll(segmentsOf(...said), [{ wrong, right: right.join(' ') }]);
        for (const { text, words, start, end } of segments) {
          expect(words.map((each) => each.text)).toEqual(splitWords(text));
          const moments = words.flatMap((each) => [each.start, each.end]);
          expect(moments).toEqual(moments.toSorted((a, b) => a - b));
          expect(moments.every((moment) => moment >= start - 1e-9 && moment <= end + 1e-9)).toBe(true);
        }
      }),
    );
  });

  test('property: for any transcript, a passage with one changed word is found, and nothing else changes', () => {
    // No other word is similar to it.
    const alphabet = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => letter.repeat(5));
    const vocabulary = fc.shuffledSubarray(alphabet, { minLength: 8 });
    fc.assert(
      fc.property(vocabulary, fc.nat(), fc.nat(), fc.integer({ min: 3, max: 8 }), (words, a, b, length) => {
        const from = a % (words.length - length + 1);
        const changed = from + (b % length);
        const said = (list: readonly string[]) => list.join(' ');
        const passage = words.slice(from, from + length).with(changed - from, 'XYZXYZ');
        const result = correctPassage(
          segmentsOf(said(words.slice(0, 5)), said(words.slice(5))),
          said(passage),
        );
        expect(typeof result === 'string' ? result : textOf(result.segments)).toBe(
          said(words.with(changed, 'XYZXYZ')),
        );
      }),
    );
  });

  test('property: for any transcript, a passage never throws', () => {
    fc.assert(
      fc.property(texts, fc.string(), (said, written) => void correctPassage(segmentsOf(...said), written)),
    );
  });
});
