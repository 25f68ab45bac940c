import type { Accuracy } from './local-model.ts';

export const persianReading = (wordErrorPercent: number): Accuracy => ({
  wordErrorPercent,
  language: 'fa',
  on: '823 words read aloud',
  source: 'measured for Dabir, 2026-11-29',
});

export const englishReading = (wordErrorPercent: number): Accuracy => ({
  wordErrorPercent,
  language: 'en',
  on: '153 words read aloud',
  source: 'measured for Dabir, 2026-11-29',
});

/** 20 clips, 302 s, 489 words; every model on the same files and two threads. */
export const fleurs = (wordErrorPercent: number): Accuracy => ({
  wordErrorPercent,
  language: 'fa',
  on: '20 clips of FLEURS',
  source: 'github.com/tparkhondeh/personalAgent, 2026-09-09',
});

export const modelCard = (wordErrorPercent: number, on: string): Accuracy => ({
  wordErrorPercent,
  language: 'fa',
  on,
  source: "the model's page on the hub, 2026-11-29",
});
