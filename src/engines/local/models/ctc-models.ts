import type { ModelFile } from '../model-manifest.ts';
import { fleurs, modelCard } from './accuracies.ts';
import type { CtcModel, Licence } from './local-model.ts';

const megabyte = 2 ** 20;
const gigabyte = 2 ** 30;

/** The same file in Koochik and Rizeh. */
const shenavaTokens: ModelFile = {
  name: 'tokens.txt',
  bytes: 12_236,
  sha256: '8e192963f6e666dfa5721e5cbd4710bc1ef592460a45f08cefc94b2db16a6954',
};

// Apache-2.0 in earlier revisions and in the project's own repository; users of the pinned revisions name CC-BY-NC-4.0.
const shenavaLicence: Licence = { name: 'Apache-2.0 or CC-BY-NC-4.0', mustBeAgreed: true };

// The features of Shenava are not normalised. With normalised features its words are wrong.
const shenavaFiles = { graph: 'model.onnx', tokens: 'tokens.txt', normalise: 'none' } as const;

// Source of the sizes and hashes: public programs that pin these models by commit and SHA-256, at least two for each
// value. Null: no public hash was found.

/**
 * The models of LOCAL for single languages, from the most to the least accurate. Sizes in bytes, hashes are SHA-256.
 */
export const ctcModels: readonly CtcModel[] = [
  {
    name: 'shenava-koochik',
    family: 'ctc',
    languages: ['fa'],
    accuracy: [fleurs(11.9), modelCard(10.6, 'FLEURS'), modelCard(7.5, 'its own test set')],
    cpuSecondsPerMinute: null,
    peakMemoryBytes: 1_087 * megabyte,
    minMachineBytes: 3 * gigabyte,
    licence: shenavaLicence,
    ctc: shenavaFiles,
    repository: 'Reza2kn/Shenava-Koochik-v1.0-sherpa-onnx',
    revision: 'b67cd889f37746469b1396cf4236682aec72fd6d',
    files: [
      {
        name: 'model.onnx',
        bytes: 458_819_249,
        sha256: '6a564b5541920ce1c37bbc91d22e4b3a6838648b9b327eb88997e8db1f90950d',
      },
      shenavaTokens,
    ],
  },
  {
    name: 'shenava-rizeh',
    family: 'ctc',
    languages: ['fa'],
    accuracy: [modelCard(14.5, 'FLEURS'), modelCard(12.1, 'its own test set')],
    cpuSecondsPerMinute: null,
    peakMemoryBytes: null,
    minMachineBytes: 1.5 * gigabyte,
    licence: shenavaLicence,
    ctc: shenavaFiles,
    repository: 'Reza2kn/Shenava-Rizeh-v1.0-sherpa-onnx',
    revision: 'c542ce322851424975d6b818f740cfb3b15bd991',
    files: [
      {
        name: 'model.onnx',
        bytes: 116_700_660,
        sha256: 'ec66d191f1eee10a1cc4b58ce5d2d328e160193975e118139e4600102550255b',
      },
      shenavaTokens,
    ],
  },
  {
    name: 'shenava-rizeh-pizeh',
    family: 'ctc',
    languages: ['fa'],
    accuracy: [modelCard(27, 'FLEURS'), modelCard(24.6, 'its own test set')],
    cpuSecondsPerMinute: null,
    peakMemoryBytes: null,
    minMachineBytes: 0,
    licence: shenavaLicence,
    ctc: shenavaFiles,
    repository: 'Reza2kn/Shenava-Rizeh-Pizeh-v1.0-sherpa-onnx',
    revision: 'b8056a6161ea7ee3f55f54ee6deb3ed765dac328',
    files: [
      {
        name: 'model.onnx',
        bytes: 33_201_018,
        sha256: 'b1478bd8894558c26f0ce8fdd4a52afcc586ed03422510550425f24b21f68f66',
      },
      { name: 'tokens.txt', bytes: null, sha256: null },
    ],
  },
  {
    name: 'omnilingual-300m',
    family: 'ctc',
    // It knows 1,600 languages and does not say which one is spoken; Persian is the one that Whisper knows badly.
    languages: ['fa'],
    accuracy: [],
    cpuSecondsPerMinute: null,
    peakMemoryBytes: null,
    minMachineBytes: 3 * gigabyte,
    licence: { name: 'Apache-2.0', mustBeAgreed: false },
    ctc: { graph: 'model.int8.onnx', tokens: 'tokens.txt', normalise: null },
    repository: 'csukuangfj/sherpa-onnx-omnilingual-asr-1600-languages-300M-ctc-int8-2025-11-12',
    revision: '6abf1ece20cd2308bdb7d13cd78ec1c44fa4c094',
    files: [
      {
        name: 'model.int8.onnx',
        bytes: 365_352_120,
        sha256: 'e7c4e54ee4c4c47829cc6667d5d00ed8ea7bef1dcfeef0fce766f77752a2726c',
      },
      {
        name: 'tokens.txt',
        bytes: 86_423,
        sha256: 'a7a044c52cb29cbe8b0dc1953e92cefd4ca16b0ed968177b6beab21f9a7d0b31',
      },
    ],
  },
];
