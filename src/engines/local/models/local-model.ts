import type { ModelManifest } from '../model-manifest.ts';

/** A published or measured word error. */
export type Accuracy = {
  /** Wrong words of 100. */
  readonly wordErrorPercent: number;
  readonly language: string;
  /** The recordings. */
  readonly on: string;
  /** Who measured it, with the date where it was measured for Dabir. */
  readonly source: string;
};

export type Licence = {
  /** SPDX identifier, or what is known of it. */
  readonly name: string;
  /** True if the terms are unclear: the model is neither downloaded nor used before the operator has agreed to them. */
  readonly mustBeAgreed: boolean;
};

/** How a CTC model's files are read. ctc_model.py has the other side. */
export type CtcFiles = {
  readonly graph: string;
  readonly tokens: string;
  /** Normalisation of the features; null: what the graph's metadata says. */
  readonly normalise: 'none' | 'per_feature' | null;
};

/** What is known of a model of LOCAL. */
type LocalModel = ModelManifest & {
  readonly accuracy: readonly Accuracy[];
  /** Processor seconds per minute of audio, measured on two cores; null: not measured. */
  readonly cpuSecondsPerMinute: number | null;
  /** Memory of the process at its peak, in bytes; null: not measured. */
  readonly peakMemoryBytes: number | null;
  readonly licence: Licence;
};

/** A Whisper model, which knows about 100 languages and detects the one that is spoken. */
export type WhisperModel = LocalModel & { readonly family: 'whisper' };

/** A model of its own for some languages. It detects no language. */
export type CtcModel = LocalModel & {
  readonly family: 'ctc';
  /** ISO 639-1 codes. */
  readonly languages: readonly string[];
  readonly ctc: CtcFiles;
  /** Memory of a machine that the model suits, in bytes. */
  readonly minMachineBytes: number;
};

export type KnownModel = WhisperModel | CtcModel;
