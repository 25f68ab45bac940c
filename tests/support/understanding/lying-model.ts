import type { Transcript } from '../../../src/domain/transcript.ts';
import {
  createSlot,
  englishFacts,
  englishFillers,
  type FactForm,
  type FactLanguage,
  persianFacts,
  persianFillers,
  type Slot,
  type Slots,
} from './facts.ts';
import { type Chance, createChance } from './random.ts';

/** A fact in a transcript. */
export type Fact = {
  readonly form: FactForm;
  readonly slots: Slots;
  readonly said: string;
  /** Number of its segment. */
  readonly segment: number;
};

export type FactTranscript = {
  readonly language: FactLanguage;
  readonly transcript: Transcript;
  readonly facts: readonly Fact[];
};

/** Ways in which the model lies. `true`: it does not. */
export const lieKinds = [
  'true',
  'wrong number',
  'number of another statement',
  'number of another unit in the same segment',
  'wrong currency',
  'swapped name',
  'invented name',
  'invented name, not declared',
  'name and number of the same segment exchanged',
  'wrong date',
  'quote from elsewhere',
  'quote and segment from elsewhere',
  'invented quote',
  'quote with another number',
  'quote with another name',
  'segment that does not exist',
] as const;
export type LieKind = (typeof lieKinds)[number];

export type LyingDraft = {
  readonly kind: LieKind;
  readonly text: string;
  readonly quote: string;
  readonly segments: readonly number[];
  readonly names: readonly string[];
};

/** Creates a transcript of 24 to 36 segments with facts and talk between them; the same for the same seed. */
export function createFactTranscript(seed: number, language: FactLanguage): FactTranscript {
  const chance = createChance(seed);
  const forms = language === 'fa' ? persianFacts : englishFacts;
  const fillers = language === 'fa' ? persianFillers : englishFillers;
  const facts: Fact[] = [];
  const texts: string[] = [];
  const wanted = chance.between(24, 36);
  while (texts.length < wanted) {
    if (chance.next() < 0.4) texts.push(chance.pick(fillers));
    else {
      const form = chance.pick(forms);
      const slots = createSlots(form, language, chance);
      const said = fill(form.said, slots, ({ said: words }) => words);
      texts.push(said);
      facts.push({ form, slots, said, segment: texts.length });
    }
  }
  const segments = texts.map((text, at) => ({
    start: at * 5,
    end: at * 5 + 4.5,
    text,
    words: [],
    averageLogProbability: null,
    noSpeechProbability: null,
    compressionRatio: null,
  }));
  return { language, facts, transcript: { language, languageProbability: null, segments } };
}

function createSlots(form: FactForm, language: FactLanguage, chance: Chance): Slots {
  const slots: Record<string, Slot> = {};
  for (const [name, kind] of Object.entries(form.slots))
    slots[name] = createSlot(kind, language, chance, Object.values(slots));
  return slots;
}

function fill(text: string, slots: Slots, write: (slot: Slot) => string): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const slot = slots[name];
    if (slot === undefined) throw new Error(`no slot ${name}`);
    return write(slot);
  });
}

/** Share of statements that are lies. */
const lieShare = 0.4;

/** Returns statements about different facts, of which 40 % are lies of kinds in turn. */
export function createDrafts({ facts, language }: FactTranscript, count: number, seed: number): LyingDraft[] {
  const chance = createChance(seed);
  return chance
    .shuffled(facts)
    .slice(0, count)
    .map((fact) => {
      const truth = writeTruth(fact, language, chance);
      if (chance.next() >= lieShare) return truth;
      for (const kind of chance.shuffled(lieKinds.slice(1))) {
        const lie = tellLie(kind, fact, truth, { facts, language, chance });
        if (lie !== null) return lie;
      }
      return truth;
    });
}

function writeTruth(
  fact: Fact,
  language: FactLanguage,
  chance: Chance,
  statement?: string,
): LyingDraft & { form: string } {
  const form = statement ?? chance.pick(fact.form.statements);
  const written = fill(form, fact.slots, (slot) => chance.pick(slot.written));
  return {
    kind: 'true',
    form,
    text: language === 'en' ? written.charAt(0).toUpperCase() + written.slice(1) : written,
    quote: respell(quoteOf(fact.said, chance), language, chance),
    segments: [fact.segment],
    names: namesIn(form, fact.slots),
  };
}

/** Returns the whole of what was said, or its beginning or end: at least six words. */
function quoteOf(said: string, chance: Chance): string {
  const words = said.split(' ');
  const length = chance.between(Math.min(6, words.length), words.length);
  const from = chance.between(0, words.length - length);
  return words.slice(from, from + length).join(' ');
}

/** Writes a quote as models do: with other half-spaces, other letters, a full stop, or with a letter mended. */
function respell(quote: string, language: FactLanguage, chance: Chance): string {
  const changed = chance.pick([
    (text: string) => text,
    (text: string) => `${text}.`,
    (text: string) => text.replaceAll('\u200c', ' '),
    (text: string) => text.replaceAll('ی', 'ي').replaceAll('ک', 'ك'),
    (text: string) => (language === 'en' ? text.charAt(0).toUpperCase() + text.slice(1) : `«${text}»`),
    (text: string) => text.replaceAll('خونه', 'خانه').replaceAll('report', 'reports'),
  ]);
  return changed(quote);
}

function namesIn(form: string, slots: Slots): string[] {
  return [...form.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) => {
    const slot = slots[name];
    return slot?.kind === 'name' ? [slot.said] : [];
  });
}

type Scene = { readonly facts: readonly Fact[]; readonly language: FactLanguage; readonly chance: Chance };

/** Returns a lie of a kind about a fact; null when the fact has nothing to lie about in this way. */
function tellLie(
  kind: LieKind,
  fact: Fact,
  truth: LyingDraft & { form: string },
  scene: Scene,
): LyingDraft | null {
  const { facts, language, chance } = scene;
  const used = [...truth.form.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const slotOf = (...kinds: Slot['kind'][]) => {
    const names = used.filter((name) => kinds.includes(fact.slots[name]?.kind ?? 'code'));
    return names.length === 0 ? null : chance.pick(names);
  };
  const withSlot = (name: string, slot: Slot): LyingDraft => ({
    ...writeTruth({ ...fact, slots: { ...fact.slots, [name]: slot } }, language, chance, truth.form),
    quote: truth.quote,
    kind,
  });
  const all = Object.values(fact.slots);
  const elsewhere = facts.filter((other) => other.segment !== fact.segment);
  switch (kind) {
    case 'wrong number': {
      const name = slotOf('count', 'amount', 'percent', 'time', 'code');
      const slot = name === null ? undefined : fact.slots[name];
      if (name === null || slot === undefined) return null;
      const other = withoutCurrencyChange(slot, () => createSlot(slot.kind, language, chance, all));
      return hasSameNumber(other, all) ? null : withSlot(name, other);
    }
    case 'number of another statement': {
      const name = slotOf('count', 'amount', 'percent', 'code');
      const slot = name === null ? undefined : fact.slots[name];
      if (name === null || slot === undefined) return null;
      const others = elsewhere
        .flatMap((other) => Object.values(other.slots))
        .filter((other) => other.kind === slot.kind && !hasSameNumber(other, all));
      return others.length === 0 ? null : withSlot(name, chance.pick(others));
    }
    case 'number of another unit in the same segment': {
      // "Two pills, nine days" becomes "nine pills".
      const counts = Object.keys(fact.slots).filter((name) => fact.slots[name]?.kind === 'count');
      const name = used.find((each) => counts.includes(each));
      const other = counts.find((each) => each !== name);
      const slot = other === undefined ? undefined : fact.slots[other];
      return name === undefined || slot === undefined ? null : withSlot(name, slot);
    }
    case 'wrong currency': {
      const name = slotOf('amount');
      const slot = name === null ? undefined : fact.slots[name];
      if (name === null || slot === undefined) return null;
      const units = language === 'fa' ? ['تومان', 'دلار', 'یورو'] : ['dollars', 'euros', 'pounds'];
      const said = all.map((each) => each.said.replace('تومن', 'تومان')).join(' ');
      const unit = units.find((each) => !said.includes(each));
      if (unit === undefined) return null;
      return withSlot(name, {
        ...slot,
        written: slot.written.map((written) => written.replace(/\S+$/, unit)),
      });
    }
    case 'swapped name': {
      const name = slotOf('name');
      const said = all.map((each) => each.said);
      const others = elsewhere
        .flatMap((other) => Object.values(other.slots))
        .filter((other) => other.kind === 'name' && !said.includes(other.said));
      return name === null || others.length === 0 ? null : withSlot(name, chance.pick(others));
    }
    case 'invented name':
    case 'invented name, not declared': {
      const name = slotOf('name');
      const names =
        language === 'fa'
          ? ['پوریا', 'شهره', 'رستگار', 'ژینوس']
          : ['Gregory', 'Beatrix', 'Vandermeer', 'Zoltan'];
      const invented = chance.pick(names);
      if (name === null) return null;
      const lie = withSlot(name, { kind: 'name', said: invented, written: [invented] });
      return kind === 'invented name' ? lie : { ...lie, names: [] };
    }
    case 'name and number of the same segment exchanged': {
      if (fact.form.slots['second'] !== 'amount') return null;
      const [name, amount] = [slotOf('name'), slotOf('amount')];
      const other = fact.slots[amount === 'amount' ? 'second' : 'amount'];
      return name === null || amount === null || other === undefined ? null : withSlot(amount, other);
    }
    case 'wrong date': {
      const name = slotOf('day');
      return name === null ? null : withSlot(name, createSlot('day', language, chance, all));
    }
    case 'quote from elsewhere': {
      const quote = quoteOf(chance.pick(elsewhere).said, chance);
      return fact.said.includes(quote) ? null : { ...truth, kind, quote };
    }
    case 'quote and segment from elsewhere': {
      const other = chance.pick(elsewhere);
      if (used.every((name) => other.said.includes(fact.slots[name]?.said ?? ''))) return null;
      return { ...truth, kind, quote: quoteOf(other.said, chance), segments: [other.segment] };
    }
    case 'invented quote': {
      const quotes =
        language === 'fa'
          ? ['همه با این تصمیم کاملا موافق بودند و امضا کردند', 'این مهم‌ترین نتیجه‌ی صحبت امروز ما بود']
          : [
              'everybody agreed with this decision and signed it',
              'this was the main result of the whole talk today',
            ];
      return { ...truth, kind, quote: chance.pick(quotes) };
    }
    case 'quote with another number': {
      const slot = all.find((each) => ['count', 'amount', 'percent'].includes(each.kind));
      if (slot === undefined) return null;
      const other = createSlot(slot.kind, language, chance, all);
      return hasSameNumber(other, all)
        ? null
        : { ...truth, kind, quote: fact.said.replace(slot.said, () => other.said) };
    }
    case 'quote with another name': {
      const slot = all.find((each) => each.kind === 'name');
      if (slot === undefined) return null;
      const other = createSlot('name', language, chance, all);
      return { ...truth, kind, quote: fact.said.replace(slot.said, () => other.said) };
    }
    case 'segment that does not exist':
      return { ...truth, kind, segments: [...truth.segments, 900 + chance.between(0, 99)] };
    case 'true':
      return null;
  }
}

/** Returns true when a value has the number of one of the others, perhaps in other words. */
function hasSameNumber(slot: Slot, others: readonly Slot[]): boolean {
  const digits = (each: Slot) =>
    each.written.map((text) => text.replace(/\D+/g, '')).filter((text) => text !== '');
  const own = new Set(digits(slot));
  return others.some((other) => digits(other).some((text) => own.has(text)));
}

/** Makes values until one has the currency of the first. */
function withoutCurrencyChange(slot: Slot, make: () => Slot): Slot {
  const unit = /\S+$/.exec(slot.written[0] ?? '')?.[0];
  for (;;) {
    const made = make();
    if (slot.kind !== 'amount' || /\S+$/.exec(made.written[0] ?? '')?.[0] === unit) return made;
  }
}
